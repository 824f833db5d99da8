// Parses one line of a heap dump into a record (docs/dump_format.md).

#ifndef HEAPGRIND_CONVERTER_DUMP_DUMP_RECORD_PARSER_H_
#define HEAPGRIND_CONVERTER_DUMP_DUMP_RECORD_PARSER_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "converter/dump/dump_record.h"
#include "converter/json/json_line_parser.h"

namespace heapgrind {

class DumpRecordParser {
 public:
  DumpRecordParser();
  DumpRecordParser(const DumpRecordParser&) = delete;
  DumpRecordParser& operator=(const DumpRecordParser&) = delete;

  // Parses a line (without newline) and fills record().
  //
  // The keys say which form the record has: "address" makes it an object, else
  // "heapgrind" the header, "root" a root, "end" the end record.  Keys that the
  // form does not have are ignored, with whatever they hold.  Of a header only
  // the form is set: see ParseDumpHeader.
  //
  // Errors have messages "COLUMN: expected X, got Y", with columns in bytes
  // from 1, and leave record() unspecified.  OutOfRange: the line is the front
  // part of a JSON object.  InvalidArgument: it is no JSON, or no record; a key
  // that the form must have is missing or one that it may have is mistyped;
  // `pairs` claims more references than there are.
  absl::Status Parse(absl::string_view line);

  // The record parsed last.  Its texts are valid until Parse is called, and no
  // longer than the line.
  const DumpRecord& record() const { return record_; }
  DumpRecord* mutable_record() { return &record_; }

 private:
  absl::Status FindForm(absl::string_view line);
  absl::Status CheckKeys(absl::string_view line) const;
  absl::Status CheckPairs(absl::string_view line) const;
  absl::Status CheckResident(absl::string_view line) const;
  absl::Status CheckSite(absl::string_view line) const;

  DumpRecord record_;
  uint64_t format_version_ = 0;
  JsonLineParser parser_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_DUMP_RECORD_PARSER_H_
