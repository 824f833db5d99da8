#include "converter/commands/diff/compared_heap.h"

#include <utility>

#include "converter/base/clean_name.h"
#include "converter/commands/collectors.h"

namespace heapgrind {

absl::StatusOr<IdentifiedHeap> LoadIdentifiedHeap(absl::string_view program,
                                                  const std::string& path,
                                                  const HeapOptions& options,
                                                  Progress* progress) {
  Collectors<IdentityCollector> collectors(options);
  absl::StatusOr<std::unique_ptr<AnalyzedHeap>> heap =
      AnalyzedHeap::Load(program, path, options,
                         /*keeps_overhead=*/false, progress, collectors.sinks);
  if (!heap.ok()) return heap.status();
  return IdentifiedHeap{*std::move(heap),
                        IdentityCollector::Join(collectors.all)};
}

ComparedHeap MakeComparedHeap(IdentifiedHeap* identified,
                              StringTable* strings) {
  AnalyzedHeap* const heap = identified->heap.get();
  const HeapGraph& graph = heap->graph();
  const TypeNames& type_names = heap->type_names();
  ComparedHeap compared;
  compared.name = heap->name();
  compared.header = heap->header();
  compared.identities = std::move(identified->identities);
  compared.sizes = graph.size;
  compared.functions = heap->functions().of_node;
  compared.functions.resize(graph.num_nodes());  // Without anchors.
  std::vector<StringId> name_of_type(graph.strings.size(), kNoString);
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    const StringId type = type_names.Of(node);
    StringId& name = name_of_type[type];
    if (name == kNoString) {
      name = strings->Intern(CleanName(graph.strings.Text(type)));
    }
    compared.types.push_back(name);
  }
  compared.names.resize(heap->functions().size());
  heap->ForEachOwnerName([&](uint32_t function, const std::string& name) {
    compared.names[function] = strings->Intern(name);
  });
  std::vector<StringId> packages;
  for (const std::string& name : heap->packages().names) {
    packages.push_back(strings->Intern(name));
  }
  for (const uint32_t package : heap->packages().of_function) {
    compared.packages.push_back(packages[package]);
  }
  return compared;
}

OlderRows WeighOlderRows(const ComparedHeap& compared,
                         const StringTable& strings, AnalyzedHeap* heap) {
  OlderRows older(WeighFunctions(heap->owned_heap(), heap->functions()));
  for (uint32_t i = 0; i < compared.names.size(); ++i) {
    older.SetName(i, strings.Text(compared.names[i]));
  }
  return older;
}

}  // namespace heapgrind
