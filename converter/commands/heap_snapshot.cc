#include "converter/commands/heap_snapshot.h"

#include <utility>

#include "converter/clean_name.h"
#include "converter/path_names.h"
#include "converter/shared_options.h"

namespace heapgrind {
namespace {

constexpr char kFrame[] = "frame::";

// A name without the place that it ends with, "(MainThread: serve, app.py:41)",
// because that changes while a frame or a generator runs.
std::string WithoutPlace(std::string name, const Label& label) {
  if (label.place == kNoString &&
      name.compare(0, sizeof(kFrame) - 1, kFrame) != 0) {
    return name;
  }
  const size_t comma = name.rfind(", ");
  if (comma != std::string::npos && name.back() == ')') {
    name.erase(comma, name.size() - comma - 1);
  }
  return name;
}

std::vector<StringId> FunctionNames(LoadedHeap* heap, StringTable* strings) {
  const ProfileTree& tree = heap->profile().tree;
  std::vector<StringId> names;
  for (uint32_t i = 0; i < tree.nodes.size(); ++i) {
    const std::string name =
        MakeName(tree, i, heap->paths(), heap->graph().strings);
    names.push_back(
        strings->Intern(CleanName(WithoutPlace(name, tree.nodes[i].label))));
  }
  return names;
}

}  // namespace

absl::StatusOr<IdentifiedHeap> LoadIdentifiedHeap(const std::string& path,
                                                  const CommonOptions& options,
                                                  ProgressLine* progress) {
  std::vector<std::unique_ptr<IdentityCollector>> collectors;
  std::vector<RecordSink*> watchers;
  for (size_t i = 0; i < ThreadsToUse(options.num_threads); ++i) {
    collectors.push_back(std::make_unique<IdentityCollector>());
    watchers.push_back(collectors.back().get());
  }
  absl::StatusOr<std::unique_ptr<LoadedHeap>> heap =
      LoadedHeap::Load("heapgrind diff", path, options,
                       /*keeps_overhead=*/false, progress, watchers);
  if (!heap.ok()) return heap.status();
  return IdentifiedHeap{*std::move(heap), IdentityCollector::Join(collectors)};
}

HeapSnapshot TakeSnapshot(IdentifiedHeap* identified, StringTable* strings) {
  LoadedHeap* const heap = identified->heap.get();
  const HeapGraph& graph = heap->graph();
  const TypeNames& type_names = heap->type_names();
  HeapSnapshot snapshot;
  snapshot.name = heap->name();
  snapshot.header = heap->header();
  snapshot.identities = std::move(identified->identities);
  snapshot.sizes = graph.size;
  snapshot.functions = heap->profile().function_of_node;
  snapshot.functions.resize(graph.num_nodes());  // Without anchors.
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    snapshot.types.push_back(
        strings->Intern(CleanName(graph.strings.Text(type_names.Of(node)))));
  }
  snapshot.names = FunctionNames(heap, strings);
  for (const std::string& package : heap->packages()) {
    snapshot.packages.push_back(strings->Intern(package));
  }
  return snapshot;
}

}  // namespace heapgrind
