#include "converter/conversion.h"

#include "converter/dominators.h"
#include "converter/homes.h"
#include "converter/module_table.h"
#include "converter/namespaces.h"
#include "converter/path_call_graph.h"
#include "converter/profile_tree.h"
#include "converter/source_files.h"
#include "converter/type_call_graph.h"
#include "converter/variable_homes.h"

namespace heapgrind {

CallGraph ConvertHeap(const ConversionOptions& options,
                      absl::FunctionRef<void(absl::string_view)> on_stage,
                      HeapGraph* graph) {
  on_stage("finding owners");
  const Namespaces namespaces(*graph);
  const ModuleTable modules(*graph, namespaces);
  SourceFiles sources(options.source_prefixes);
  Homes homes = FindHomes(*graph, namespaces, modules);
  FindVariableHomes(*graph, namespaces, modules, &sources, &homes);
  const OwnershipGraph ownership =
      ComputeOwnership(*graph, homes, options.ownership);
  on_stage("computing dominators");
  const DominatorTree tree = ComputeDominators(
      ownership.first_edge, ownership.edges, ownership.main());
  on_stage("building the profile");
  if (options.granularity == Granularity::kType) {
    return MakeTypeCallGraph(*graph, ownership, tree);
  }
  const ProfileTree profile =
      BuildProfileTree({*graph, namespaces, homes, ownership, tree});
  return MakePathCallGraph(
      *graph, Prune(profile, options.limits, &graph->strings), &sources);
}

}  // namespace heapgrind
