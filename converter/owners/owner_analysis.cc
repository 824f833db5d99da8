#include "converter/owners/owner_analysis.h"

#include <utility>

#include "converter/owners/logger_homes.h"
#include "converter/owners/root_homes.h"
#include "converter/owners/variable_homes.h"

namespace heapgrind {

OwnerAnalysis AnalyzeOwners(OwnershipRules rules, OnStage on_stage,
                            SourceFiles* sources, const HeapGraph& graph) {
  on_stage("finding owners");
  Namespaces namespaces(graph);
  ModuleTable modules(graph, namespaces);
  Homes homes = FindHomes(graph, namespaces, modules);
  FindRootHomes(graph, &homes);
  FindLoggerHomes(graph, namespaces, modules, &homes);
  FindVariableHomes(graph, namespaces, modules, sources, &homes);
  OwnershipGraph ownership = ComputeOwnership(graph, homes, rules);
  on_stage("computing dominators");
  DominatorTree tree = DominatorsOf(ownership);
  return {std::move(namespaces), std::move(modules), std::move(homes),
          std::move(ownership), std::move(tree)};
}

DominatorTree DominatorsOf(const OwnershipGraph& ownership) {
  return ComputeDominators(ownership.first_edge, ownership.edges,
                           ownership.main());
}

}  // namespace heapgrind
