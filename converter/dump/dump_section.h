// Reads the records of one section of a dump, which begins and ends between
// lines.
//
// Sections know nothing of each other, so that threads can read them at once.
// What only the whole dump tells, such as the number of a line or that there
// are two end records, is found when the facts of all sections are joined, in
// the order of the dump (dump_reader.h).

#ifndef HEAPGRIND_CONVERTER_DUMP_DUMP_SECTION_H_
#define HEAPGRIND_CONVERTER_DUMP_DUMP_SECTION_H_

#include <cstdint>
#include <functional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "converter/dump/dump_facts.h"
#include "converter/dump/dump_header.h"
#include "converter/dump/dump_record.h"
#include "converter/dump/dump_record_parser.h"
#include "converter/dump/json_array_lines.h"
#include "converter/dump/record_sink.h"
#include "converter/files/chunk_reader.h"
#include "converter/files/record_beginning.h"

namespace heapgrind {

// Lines are numbered from 1 in the section; 0 stands for none.
struct SectionFacts {
  // If not ok, the last line that was read is wrong, and the message is
  // "COLUMN: expected X, got Y".
  absl::Status status;
  uint64_t num_lines = 0;
  uint64_t first_line_with_text = 0;
  uint64_t num_roots = 0;
  uint64_t num_surplus_names = 0;
  uint64_t num_objects = 0;
  uint64_t objects_size = 0;  // Bytes, modulo 2^64.
  uint64_t line_of_end_record = 0;
  EndFacts end;
  JsonArrayLines array;  // As it is at the end of the section.
  bool is_last_line_cut_off = false;
};

// Errors that one section finds, or several only together.
absl::Status SecondEndRecord();
absl::Status TextAfterArray();

// What a section must know of the lines before it.
struct SectionStart {
  JsonArrayLines array;
  bool has_first_record = false;
  bool has_header = false;
};

class DumpSectionReader {
 public:
  // Hands records to `sink`, and the dump's header to `on_header` before the
  // first of them.  `sink` must outlive the reader.
  DumpSectionReader(RecordSink* sink,
                    std::function<void(const DumpHeader&)> on_header,
                    LineLimits limits = {})
      : sink_(sink), on_header_(std::move(on_header)), limits_(limits) {}
  DumpSectionReader(const DumpSectionReader&) = delete;
  DumpSectionReader& operator=(const DumpSectionReader&) = delete;

  // Reads the lines of `chunk` up to the first that is wrong.
  SectionFacts Read(const SectionStart& start, const TextChunk& chunk);

  // What the next section must know after the one that was read last.
  const SectionStart& state() const { return state_; }

 private:
  absl::Status ReadLine(absl::string_view line, bool has_newline);
  absl::Status ReadRecord(absl::string_view text, bool has_newline);
  absl::Status ReadFirstRecord(absl::string_view text);
  absl::Status TakeRecord(DumpRecord* record);
  absl::Status TakeEnd(const DumpRecord& record);

  RecordSink* const sink_;
  const std::function<void(const DumpHeader&)> on_header_;
  const LineLimits limits_;
  SectionStart state_;
  SectionFacts facts_;
  DumpRecord canonical_record_;
  DumpRecordParser parser_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_DUMP_SECTION_H_
