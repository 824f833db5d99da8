#include "converter/callgraph/conversion.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "converter/callgraph/path_call_graph.h"
#include "converter/callgraph/site_call_graph.h"
#include "converter/callgraph/type_call_graph.h"
#include "converter/owners/focus.h"
#include "converter/owners/owner_analysis.h"
#include "converter/profile/objects_named.h"
#include "converter/profile/profile_tree.h"

namespace heapgrind {
namespace {

class Conversion {
 public:
  Conversion(const ConversionOptions& options, OnStage on_stage,
             HeapGraph* graph)
      : options_(options),
        on_stage_(on_stage),
        graph_(graph),
        sources_(options.source_prefixes, options.num_threads) {}

  absl::StatusOr<CallGraph> Run(ConversionReport* report) {
    OwnerAnalysis owners = FindOwners(report);
    if (!options_.focus.empty()) {
      const absl::Status status = FocusOn(options_.focus, &owners);
      if (!status.ok()) return status;
    }
    if (options_.granularity == Granularity::kType) {
      return MakeTypeCallGraph(Heap(owners));
    }
    if (options_.granularity == Granularity::kSite) {
      return MakeSiteCallGraph(*graph_, owners.tree.preorder,
                               options_.ascii_names, sources_);
    }
    return MakePathCallGraph(*graph_, Profile(Heap(owners)),
                             options_.ascii_names, &sources_);
  }

  // The call graph of this heap joined with others, by JoinProfiles or
  // SumProfiles.
  CallGraph RunWith(const BaseProfile& others, JoinFunction* join,
                    ConversionReport* report) {
    const ProfileTree joined = join(others, Whole(report), &graph_->strings);
    return MakePathCallGraph(
        *graph_, PruneJoined(joined, options_.limits, &graph_->strings),
        options_.ascii_names, &sources_);
  }

  ProfileTree Whole(ConversionReport* report) {
    const OwnerAnalysis owners = FindOwners(report);
    return BuildProfile(Heap(owners)).tree;
  }

 private:
  OwnerAnalysis FindOwners(ConversionReport* report) {
    OwnerAnalysis owners =
        AnalyzeOwners(options_.ownership, on_stage_, &sources_, *graph_);
    const OwnershipGraph& ownership = owners.ownership;
    *report = {ownership.reached_by_owning, ownership.reached_by_local,
               ownership.reached_by_borrowed, ownership.unreachable_objects,
               ComputeNamedShare(*graph_, ownership, owners.tree)};
    on_stage_("building the profile");
    return owners;
  }

  OwnedHeap Heap(const OwnerAnalysis& owners) const {
    return owners.heap(graph_, options_.num_threads);
  }

  absl::Status FocusOn(const std::string& text, OwnerAnalysis* owners) {
    const std::vector<bool> is_focused =
        FindObjectsNamed(text, *graph_, BuildProfile(Heap(*owners)));
    if (std::find(is_focused.begin(), is_focused.end(), true) ==
        is_focused.end()) {
      return absl::OutOfRangeError(absl::StrCat(
          "expected a function whose name contains \"", text, "\", got none"));
    }
    owners->ownership = Focus(owners->ownership, is_focused);
    owners->tree =
        Subtree(DominatorsOf(owners->ownership), owners->ownership.focus());
    return absl::OkStatus();
  }

  ProfileTree Profile(const OwnedHeap& heap) {
    return options_.granularity == Granularity::kObject
               ? BuildProfileOfSingleObjects(heap, options_.num_single_objects)
               : BuildPrunedProfile(heap, options_.limits);
  }

  const ConversionOptions& options_;
  const OnStage on_stage_;
  HeapGraph* const graph_;
  SourceFiles sources_;
};

}  // namespace

absl::Status CheckTotal(const HeapGraph& graph) {
  uint64_t total = 0;
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    const uint64_t size = graph.size[node];
    if (size > kMaxTotalBytes - total) {
      return absl::InvalidArgumentError(
          absl::StrCat("expected objects of at most ", kMaxTotalBytes,
                       " bytes altogether, got more"));
    }
    total += size;
  }
  return absl::OkStatus();
}

absl::StatusOr<CallGraph> ConvertHeap(const ConversionOptions& options,
                                      OnStage on_stage, HeapGraph* graph,
                                      ConversionReport* report) {
  const absl::Status status = CheckTotal(*graph);
  if (!status.ok()) return status;
  return Conversion(options, on_stage, graph).Run(report);
}

absl::Status AddToProfile(const ConversionOptions& options, OnStage on_stage,
                          HeapGraph* graph, ConversionReport* report,
                          BaseProfile* sum) {
  const absl::Status status = CheckTotal(*graph);
  if (!status.ok()) return status;
  sum->tree =
      SumProfiles(*sum, Conversion(options, on_stage, graph).Whole(report),
                  &graph->strings);
  sum->strings = std::move(graph->strings);
  return absl::OkStatus();
}

absl::StatusOr<CallGraph> ConvertWith(const ConversionOptions& options,
                                      const BaseProfile& others,
                                      JoinFunction* join, OnStage on_stage,
                                      HeapGraph* graph,
                                      ConversionReport* report) {
  const absl::Status status = CheckTotal(*graph);
  if (!status.ok()) return status;
  return Conversion(options, on_stage, graph).RunWith(others, join, report);
}

}  // namespace heapgrind
