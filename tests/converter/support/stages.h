// What the converter computes of a heap, stage by stage, for tests.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_STAGES_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_STAGES_H_

#include <utility>

#include "converter/graph/dominators.h"
#include "converter/heap/heap_graph.h"
#include "converter/owners/homes.h"
#include "converter/owners/ownership.h"
#include "converter/owners/root_homes.h"
#include "converter/owners/variable_homes.h"
#include "converter/profile/labels.h"
#include "converter/python/module_table.h"
#include "converter/python/namespaces.h"
#include "converter/python/source_files.h"

namespace heapgrind {

// Stages refer to each other, so they stay where they are made.
struct Stages {
  explicit Stages(HeapGraph heap,
                  OwnershipRules rules = OwnershipRules::kModules)
      : graph(std::move(heap)),
        namespaces(graph),
        modules(graph, namespaces),
        homes(FindAllHomes()),
        ownership(ComputeOwnership(graph, homes, rules)),
        tree(ComputeDominators(ownership.first_edge, ownership.edges,
                               ownership.main())) {}
  Stages(const Stages&) = delete;
  Stages& operator=(const Stages&) = delete;

  OwnedHeap owned() { return {graph, namespaces, homes, ownership, tree}; }

  HeapGraph graph;
  const Namespaces namespaces;
  const ModuleTable modules;
  const Homes homes;
  const OwnershipGraph ownership;
  const DominatorTree tree;

 private:
  Homes FindAllHomes() const {
    SourceFiles sources;
    Homes all = FindHomes(graph, namespaces, modules);
    FindRootHomes(graph, &all);
    FindVariableHomes(graph, namespaces, modules, &sources, &all);
    return all;
  }
};

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_STAGES_H_
