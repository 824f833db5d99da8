// Reads a heap dump from its first line to its last.
//
// Reads the format of docs/dump_format.md, and the dumps of Meliae, which have
// no header; which of them it is, the first record tells.

#ifndef HEAPGRIND_CONVERTER_DUMP_READER_H_
#define HEAPGRIND_CONVERTER_DUMP_READER_H_

#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "converter/byte_source.h"
#include "converter/dump_facts.h"
#include "converter/dump_header.h"
#include "converter/dump_record.h"

namespace heapgrind {

// Who takes what is read.  They must live while ReadDump runs.
struct DumpVisitor {
  // Called once, before the first record; with an empty header for a Meliae
  // dump.
  absl::FunctionRef<void(const DumpHeader&)> on_header;

  // Called with each root and object, in the order of the lines.  The record is
  // valid during the call.  An error ends the reading; it gets the line's place
  // before its message.
  absl::FunctionRef<absl::Status(const DumpRecord&)> on_record;

  // Called now and then, about once a MiB: `done` of `total` bytes of the file
  // are read; `total` is 0 if it is unknown.
  absl::FunctionRef<void(uint64_t done, uint64_t total)> on_progress;
};

// Reads the dump that `source` holds; messages call it `name`.
//
// A last line without newline that is the front part of a record is not an
// error but left out and noted in the facts, as is compressed data that is cut
// off.
//
// Errors, with messages "NAME:LINE:COLUMN: expected X, got Y", and perhaps a
// second line "hint: ...": InvalidArgument for a line that is no record, a
// version of the format that is not ours, a second header or end record, a dump
// without objects; whatever `source` and `on_record` return.
absl::StatusOr<DumpFacts> ReadDump(absl::string_view name, ByteSource* source,
                                   const DumpVisitor& visitor);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_READER_H_
