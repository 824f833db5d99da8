#include "tests/converter/support/heap_of_text.h"

#include <cstdlib>
#include <iostream>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "converter/dump/dump_reader.h"
#include "converter/files/dump_source.h"
#include "tests/converter/support/string_source.h"

namespace heapgrind {
namespace {

HeapGraph GraphOrEnd(absl::StatusOr<HeapAndLosses> heap) {
  if (!heap.ok()) {
    std::cerr << heap.status() << std::endl;
    std::abort();
  }
  return std::move(heap->graph);
}

}  // namespace

absl::StatusOr<HeapAndLosses> ReadHeap(absl::string_view name,
                                       ByteSource* source) {
  HeapGraphBuilder builder;
  const auto add = [&builder](const DumpRecord& record) {
    builder.Add(record);
    return absl::OkStatus();
  };
  const absl::StatusOr<DumpFacts> facts = ReadDump(
      name, source, {[](const DumpHeader&) {}, add, [](uint64_t, uint64_t) {}});
  if (!facts.ok()) return facts.status();
  absl::StatusOr<HeapGraph> graph = builder.Build();
  if (!graph.ok()) return graph.status();
  return HeapAndLosses{*std::move(graph), builder.losses()};
}

HeapGraph HeapOfFile(absl::string_view path) {
  absl::StatusOr<std::unique_ptr<ByteSource>> source = OpenDumpSource(path);
  if (!source.ok()) return GraphOrEnd(source.status());
  return GraphOrEnd(ReadHeap(path, source->get()));
}

HeapGraph HeapOf(const std::string& lines) {
  return MeliaeHeapOf("{\"heapgrind\": 1}\n" + lines);
}

HeapGraph MeliaeHeapOf(const std::string& lines) {
  StringSource source(lines);
  return GraphOrEnd(ReadHeap("text", &source));
}

NodeId NodeAt(const HeapGraph& graph, uint64_t address) {
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    if (graph.address[node] == address) return node;
  }
  return kNoNode;
}

uint64_t TotalSize(const HeapGraph& graph) {
  uint64_t total = 0;
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    total += graph.size[node];
  }
  return total;
}

std::string JoinLines(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text.append(line).append("\n");
  return text;
}

}  // namespace heapgrind
