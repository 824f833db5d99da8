// Builds a heap graph from the records of a dump, in any order, with several
// threads.

#ifndef HEAPGRIND_CONVERTER_LOAD_HEAP_GRAPH_BUILDER_H_
#define HEAPGRIND_CONVERTER_LOAD_HEAP_GRAPH_BUILDER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "absl/status/statusor.h"
#include "converter/dump/dump_record.h"
#include "converter/dump/record_sink.h"
#include "converter/heap/heap_graph.h"
#include "converter/load/graph_linker.h"
#include "converter/load/record_packer.h"

namespace heapgrind {

struct GraphOptions {
  bool keeps_overhead = false;  // The graph gets the objects' gc_bytes, slack.
  size_t num_threads = 1;
  uint64_t max_objects = kNoNode - 1;  // At most that.
};

class HeapGraphBuilder {
 public:
  explicit HeapGraphBuilder(const GraphOptions& options = {});

  // One for each thread: they take objects and roots, copy what they keep, and
  // ignore other records.
  const std::vector<RecordSink*>& sinks() const { return sinks_; }

  // Takes a record through the first of them.
  void Add(const DumpRecord& record);

  // The graph of all records.  Leaves the builder empty.
  // ResourceExhausted: more objects than allowed.
  absl::StatusOr<HeapGraph> Build();

  // Complete after Build().
  const GraphLosses& losses() const { return losses_; }

 private:
  const GraphOptions options_;
  std::vector<std::unique_ptr<RecordPacker>> packers_;
  std::vector<RecordSink*> sinks_;
  GraphLosses losses_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_HEAP_GRAPH_BUILDER_H_
