// Reads dumps that are lines of JSON: our own and Meliae's.
//
// Which of them it is, the first record tells: Meliae's have no header.
//
//     source -> chunks of lines -> section 0 -> thread 0: records -> sink 0
//               (one at a time)    section 1 -> thread 1: records -> sink 1
//                                  section 2 -> whichever is free ...
//
// A free thread takes the next chunk from the source itself, under a lock: one
// thread decompresses while the others parse, and no more text is in memory
// than they work on.

#ifndef HEAPGRIND_CONVERTER_DUMP_DUMP_LINES_H_
#define HEAPGRIND_CONVERTER_DUMP_DUMP_LINES_H_

#include <cstddef>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "converter/dump/dump_facts.h"
#include "converter/dump/dump_listener.h"
#include "converter/dump/record_sink.h"
#include "converter/files/byte_source.h"

namespace heapgrind {

// As ReadDump (dump_reader.h), whatever the format of `source` is: what is no
// line of a dump is an error.
absl::StatusOr<DumpFacts> ReadDumpLines(absl::string_view name,
                                        ByteSource* source,
                                        const DumpListener& listener,
                                        absl::Span<RecordSink* const> sinks,
                                        size_t chunk_size);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_DUMP_LINES_H_
