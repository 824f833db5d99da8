// Who owns what: all stages between the heap graph and the dominator tree.

#ifndef HEAPGRIND_CONVERTER_OWNERS_OWNER_ANALYSIS_H_
#define HEAPGRIND_CONVERTER_OWNERS_OWNER_ANALYSIS_H_

#include <cstddef>

#include "absl/functional/function_ref.h"
#include "absl/strings/string_view.h"
#include "converter/graph/dominators.h"
#include "converter/heap/heap_graph.h"
#include "converter/owners/homes.h"
#include "converter/owners/owned_heap.h"
#include "converter/owners/ownership.h"
#include "converter/python/module_table.h"
#include "converter/python/namespaces.h"
#include "converter/python/source_files.h"

namespace heapgrind {

// Refers to the graph that it is of, which must stay where it is.
struct OwnerAnalysis {
  Namespaces namespaces;
  ModuleTable modules;
  Homes homes;
  OwnershipGraph ownership;
  DominatorTree tree;

  // What labels and profiles are made of.  `graph`: the same again.
  OwnedHeap heap(HeapGraph* graph, size_t num_threads) const {
    return {*graph, namespaces, homes, ownership, tree, num_threads};
  }
};

// Called with the name of each stage before it begins.
using OnStage = absl::FunctionRef<void(absl::string_view)>;

// Finds the owners in a heap, which stays as it is.
OwnerAnalysis AnalyzeOwners(OwnershipRules rules, size_t num_threads,
                            OnStage on_stage, SourceFiles* sources,
                            const HeapGraph& graph);

// The dominator tree below main.
DominatorTree DominatorsOf(const OwnershipGraph& ownership);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OWNERS_OWNER_ANALYSIS_H_
