#include "converter/conversion.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "converter/dominators.h"
#include "converter/focus.h"
#include "converter/homes.h"
#include "converter/inferred_definitions.h"
#include "converter/module_table.h"
#include "converter/namespaces.h"
#include "converter/path_call_graph.h"
#include "converter/profile_tree.h"
#include "converter/type_call_graph.h"
#include "converter/variable_homes.h"

namespace heapgrind {
namespace {

using OnStage = absl::FunctionRef<void(absl::string_view)>;

DominatorTree DominatorsOf(const OwnershipGraph& ownership) {
  return ComputeDominators(ownership.first_edge, ownership.edges,
                           ownership.main());
}

class Conversion {
 public:
  Conversion(const ConversionOptions& options, OnStage on_stage,
             HeapGraph* graph)
      : options_(options),
        on_stage_(on_stage),
        graph_(graph),
        sources_(options.source_prefixes),
        namespaces_(*graph) {}

  absl::StatusOr<CallGraph> Run(ConversionReport* report) {
    on_stage_("finding owners");
    InferDefinitions(namespaces_, graph_);
    const ModuleTable modules(*graph_, namespaces_);
    homes_ = FindHomes(*graph_, namespaces_, modules);
    FindVariableHomes(*graph_, namespaces_, modules, &sources_, &homes_);
    OwnershipGraph ownership =
        ComputeOwnership(*graph_, homes_, options_.ownership);
    on_stage_("computing dominators");
    DominatorTree tree = DominatorsOf(ownership);
    *report = {ownership.reached_by_owning, ownership.reached_by_local,
               ownership.reached_by_borrowed, ownership.unreachable_objects,
               ComputeNamedShare(*graph_, ownership, tree)};
    on_stage_("building the profile");
    if (!options_.focus.empty()) {
      const absl::Status status = FocusOn(options_.focus, &ownership, &tree);
      if (!status.ok()) return status;
    }
    if (options_.granularity == Granularity::kType) {
      return MakeTypeCallGraph(Heap(ownership, tree));
    }
    return MakePathCallGraph(*graph_, Prune(ownership, tree),
                             options_.ascii_names, &sources_);
  }

 private:
  OwnedHeap Heap(const OwnershipGraph& ownership, const DominatorTree& tree) {
    return {*graph_, namespaces_, homes_, ownership, tree};
  }

  absl::Status FocusOn(const std::string& text, OwnershipGraph* ownership,
                       DominatorTree* tree) {
    const std::vector<bool> is_focused =
        FindObjectsNamed(text, *graph_, BuildProfile(Heap(*ownership, *tree)));
    if (std::find(is_focused.begin(), is_focused.end(), true) ==
        is_focused.end()) {
      return absl::NotFoundError(absl::StrCat(
          "expected a function whose name contains \"", text, "\", got none"));
    }
    *ownership = Focus(*ownership, is_focused);
    *tree = Subtree(DominatorsOf(*ownership), ownership->focus());
    return absl::OkStatus();
  }

  ProfileTree Prune(const OwnershipGraph& ownership,
                    const DominatorTree& tree) {
    if (options_.granularity == Granularity::kObject) {
      const Profile profile =
          BuildProfile(Heap(ownership, tree), options_.num_single_objects);
      return PruneToSingleObjects(profile.tree, &graph_->strings);
    }
    const Profile profile = BuildProfile(Heap(ownership, tree));
    return heapgrind::Prune(profile.tree, options_.limits, &graph_->strings);
  }

  const ConversionOptions& options_;
  const OnStage on_stage_;
  HeapGraph* const graph_;
  SourceFiles sources_;
  const Namespaces namespaces_;
  Homes homes_;
};

// Readers of callgrind files keep costs as doubles.
constexpr uint64_t kMaxTotal = (uint64_t{1} << 53) - 1;

absl::Status CheckTotal(const HeapGraph& graph) {
  uint64_t total = 0;
  for (const uint64_t size : graph.size) {
    if (size > kMaxTotal - total) {
      return absl::InvalidArgumentError(
          absl::StrCat("expected objects of at most ", kMaxTotal,
                       " bytes altogether, got more"));
    }
    total += size;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<CallGraph> ConvertHeap(const ConversionOptions& options,
                                      OnStage on_stage, HeapGraph* graph,
                                      ConversionReport* report) {
  const absl::Status status = CheckTotal(*graph);
  if (!status.ok()) return status;
  return Conversion(options, on_stage, graph).Run(report);
}

}  // namespace heapgrind
