// Reads a heap dump from its first byte to its last, with several threads.
//
// Its format is the first of input_formats.h that it may be.

#ifndef HEAPGRIND_CONVERTER_DUMP_DUMP_READER_H_
#define HEAPGRIND_CONVERTER_DUMP_DUMP_READER_H_

#include <cstddef>
#include <cstdint>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "converter/dump/dump_facts.h"
#include "converter/dump/dump_header.h"
#include "converter/dump/dump_listener.h"
#include "converter/dump/dump_record.h"
#include "converter/dump/record_sink.h"
#include "converter/files/byte_source.h"

namespace heapgrind {

inline constexpr size_t kDumpChunkBytes = 2 << 20;

// Reads the dump that `source` holds; messages call it `name`.  Each of `sinks`
// is served by a thread of its own, the first by the caller's; which section of
// the dump a sink gets is left to chance, all else is not.  The listener and
// the sinks must live while this runs.
//
// A last line without newline that is the front part of a record is not an
// error but left out and noted in the facts, as is compressed data that is cut
// off.
//
// Errors, with messages "NAME:LINE:COLUMN: expected X, got Y", and perhaps a
// second line "hint: ...", for the first wrong line of the dump:
// InvalidArgument for a line that is no record, a version of the format that is
// not ours, a second header or end record, a dump without objects; whatever
// `source` and the sinks return.
absl::StatusOr<DumpFacts> ReadDump(absl::string_view name, ByteSource* source,
                                   const DumpListener& listener,
                                   absl::Span<RecordSink* const> sinks,
                                   size_t chunk_size = kDumpChunkBytes);

// The same on one thread: the records come in the order of the lines.
struct DumpVisitor {
  absl::FunctionRef<void(const DumpHeader&)> on_header;
  absl::FunctionRef<absl::Status(const DumpRecord&)> on_record;
  absl::FunctionRef<void(uint64_t done, uint64_t total)> on_progress;
};
absl::StatusOr<DumpFacts> ReadDump(absl::string_view name, ByteSource* source,
                                   const DumpVisitor& visitor);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_DUMP_READER_H_
