// From the path of a dump to its heap graph.

#ifndef HEAPGRIND_CONVERTER_LOAD_LOAD_DUMP_H_
#define HEAPGRIND_CONVERTER_LOAD_LOAD_DUMP_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/types/span.h"
#include "converter/base/progress.h"
#include "converter/dump/dump_facts.h"
#include "converter/dump/record_sink.h"
#include "converter/heap/heap_graph.h"
#include "converter/load/graph_linker.h"

namespace heapgrind {

struct LoadOptions {
  bool keeps_overhead = false;  // The graph gets the objects' gc_bytes, slack.
  size_t num_threads = 1;
  uint64_t max_memory = 0;  // Bytes; 0: what the process can get.
};

struct LoadedDump {
  std::string name;  // What messages call it.
  DumpFacts facts;
  GraphLosses losses;
  HeapGraph graph;
};

// Reads the dump at `path`; "-" is standard input.  `collectors` are given all
// records that the graph is made of: none, or one for each thread, which sees
// the sections of the dump that this thread reads.  `progress` is told the
// stages. Errors are those of CheckMemory, OpenDumpSource, ReadDump and
// HeapGraphBuilder.
absl::StatusOr<LoadedDump> LoadDump(
    const std::string& path, const LoadOptions& options, Progress* progress,
    absl::Span<RecordSink* const> collectors = {});

// One sentence, with the dump's name, for all that the graph does not hold of
// it, and for each way in which the dump is not whole.
std::vector<std::string> DescribeLosses(const LoadedDump& dump);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_LOAD_DUMP_H_
