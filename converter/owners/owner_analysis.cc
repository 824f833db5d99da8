#include "converter/owners/owner_analysis.h"

#include <utility>
#include <vector>

#include "converter/base/parallel.h"
#include "converter/owners/back_references.h"
#include "converter/owners/logger_homes.h"
#include "converter/owners/root_homes.h"
#include "converter/owners/variable_homes.h"

namespace heapgrind {

namespace {

Homes FindAllHomes(const HeapGraph& graph, const Namespaces& namespaces,
                   const ModuleTable& modules, SourceFiles* sources) {
  Homes homes = FindHomes(graph, namespaces, modules);
  FindRootHomes(graph, &homes);
  FindLoggerHomes(graph, namespaces, modules, &homes);
  FindVariableHomes(graph, namespaces, modules, sources, &homes);
  return homes;
}

}  // namespace

OwnerAnalysis AnalyzeOwners(OwnershipRules rules, size_t num_threads,
                            OnStage on_stage, SourceFiles* sources,
                            const HeapGraph& graph) {
  on_stage("finding owners");
  const bool is_strict = rules == OwnershipRules::kStrict;
  Namespaces namespaces(graph);
  ModuleTable modules(graph, namespaces);
  Homes homes;
  std::vector<bool> is_back;
  RunInParallel(num_threads, is_strict ? 1 : 2, [&](size_t task) {
    if (task == 0) {
      homes = FindAllHomes(graph, namespaces, modules, sources);
    } else {
      is_back = FindBackReferences(graph);
    }
  });
  OwnershipGraph ownership =
      is_strict ? ComputeOwnership(graph, homes, rules)
                : ComputeOwnership(graph, homes, std::move(is_back));
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
