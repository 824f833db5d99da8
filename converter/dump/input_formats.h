// The formats of files that one may want to read as a heap dump: a row each.
//
// A format that can be read has a reader, any other a hint what to do instead.
// Compressed dumps are decompressed before they are looked up (dump_source.h).

#ifndef HEAPGRIND_CONVERTER_DUMP_INPUT_FORMATS_H_
#define HEAPGRIND_CONVERTER_DUMP_INPUT_FORMATS_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "converter/dump/dump_facts.h"
#include "converter/dump/dump_listener.h"
#include "converter/dump/record_sink.h"
#include "converter/files/byte_source.h"

namespace heapgrind {

// As ReadDump (dump_reader.h).
using DumpReadFunction = absl::StatusOr<DumpFacts>(
    absl::string_view name, ByteSource* source, const DumpListener& listener,
    absl::Span<RecordSink* const> sinks, size_t chunk_size);

struct InputFormat {
  absl::string_view name;
  absl::string_view beginning;  // Its first bytes; empty: whatever is left.
  DumpReadFunction* read;       // Null: cannot be read.
  absl::string_view hint = "";  // A line "\nhint: ..." if it cannot be read.
};

// All of them, in the order in which they are looked up.
absl::Span<const InputFormat> InputFormats();

// The format of a file that begins with `beginning`, some dozen bytes or more.
const InputFormat& FindInputFormat(absl::string_view beginning);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_INPUT_FORMATS_H_
