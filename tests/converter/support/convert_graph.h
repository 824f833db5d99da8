// The call graph of a heap graph that no dump was read for.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_CONVERT_GRAPH_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_CONVERT_GRAPH_H_

#include <memory>
#include <utility>

#include "converter/commands/analyzed_heap.h"
#include "converter/commands/conversion.h"

namespace heapgrind {

// Tells nobody.
class NoProgress : public Progress {
 public:
  void StartStage(absl::string_view) override {}
  void Update(uint64_t, uint64_t) override {}
  void Erase() override {}
};

// How to read a heap, and what to show of it.
struct ConvertOptions {
  HeapOptions heap;
  ConversionOptions conversion;
};

// `options` and `progress` must live as long as the result.
inline std::unique_ptr<AnalyzedHeap> AnalyzedHeapOf(HeapGraph graph,
                                                    const HeapOptions& options,
                                                    Progress* progress) {
  LoadedDump dump;
  dump.graph = std::move(graph);
  return std::make_unique<AnalyzedHeap>(options, progress, std::move(dump));
}

// `graph` keeps its content; its string table grows.
inline CallGraph ConvertGraph(const ConvertOptions& options, HeapGraph* graph) {
  NoProgress progress;
  const std::unique_ptr<AnalyzedHeap> heap =
      AnalyzedHeapOf(std::move(*graph), options.heap, &progress);
  CallGraph call_graph = *ConvertHeap(options.conversion, heap.get());
  *graph = heap->TakeGraph();
  return call_graph;
}

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_CONVERT_GRAPH_H_
