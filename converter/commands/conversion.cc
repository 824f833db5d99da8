#include "converter/commands/conversion.h"

#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "converter/base/clean_name.h"
#include "converter/callgraph/path_call_graph.h"
#include "converter/callgraph/site_call_graph.h"
#include "converter/callgraph/type_call_graph.h"
#include "converter/profile/shown_rows.h"
#include "converter/suspects/sentences.h"
#include "converter/suspects/suspects.h"

namespace heapgrind {
namespace {

// What is pruned no further than by default has all rows that sentences are
// about.
bool HasRowsOfSentences(const PruneLimits& limits) {
  const PruneLimits usual;
  return limits.min_percent <= usual.min_percent &&
         limits.max_functions >= usual.max_functions &&
         limits.max_callees >= usual.max_callees;
}

std::string FirstSentence(const HeapGraph& graph, const ShownRows& rows) {
  const std::vector<Suspect> suspects =
      FindSuspects(graph, rows, WeighWhatIsHeld(rows.tree, graph.strings));
  return suspects.empty() ? "" : SentenceOf(suspects[0]);
}

// With who holds most, unless the heap is only a part of one.
CallGraph MakePrunedCallGraph(const ConversionOptions& options,
                              const OwnedHeap& owned, AnalyzedHeap* heap) {
  const HeapGraph& graph = heap->graph();
  const auto shown = [&](const PruneLimits& limits) {
    return MakeShownRows(graph,
                         BuildPrunedProfile(owned, heap->functions(), limits),
                         options.ascii_names, heap->sources());
  };
  const ShownRows rows = shown(options.limits);
  CallGraph call_graph = MakePathCallGraph(graph, rows, *heap->sources());
  if (!options.focus.empty()) return call_graph;
  call_graph.sentence = HasRowsOfSentences(options.limits)
                            ? FirstSentence(graph, rows)
                            : FirstSentence(graph, shown({}));
  if (options.ascii_names) {
    call_graph.sentence = AsciiName(call_graph.sentence);
  }
  return call_graph;
}

// What the options ask for of the owners that the heap has now.
absl::StatusOr<CallGraph> MakeCallGraph(const ConversionOptions& options,
                                        AnalyzedHeap* heap) {
  const OwnedHeap owned = heap->owned_heap();
  if (options.granularity == Granularity::kPath) {
    return MakePrunedCallGraph(options, owned, heap);
  }
  heap->progress()->StartStage("building the profile");
  switch (options.granularity) {
    case Granularity::kType:
      return MakeTypeCallGraph(owned);
    case Granularity::kSite:
      return MakeSiteCallGraph(heap->graph(), owned.tree.preorder,
                               options.ascii_names, *heap->sources());
    default:
      return MakePathCallGraph(
          heap->graph(),
          MakeShownRows(
              heap->graph(),
              BuildProfileOfSingleObjects(owned, options.num_single_objects),
              options.ascii_names, heap->sources()),
          *heap->sources());
  }
}

}  // namespace

absl::Status CheckTotal(const AnalyzedHeap& heap) {
  const HeapGraph& graph = heap.graph();
  uint64_t total = 0;
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    const uint64_t size = graph.VirtualSize(node);
    if (size > kMaxTotalBytes - total) {
      return absl::InvalidArgumentError(
          absl::StrCat(heap.name(), ": expected objects of at most ",
                       kMaxTotalBytes, " bytes altogether, got more"));
    }
    total += size;
  }
  return absl::OkStatus();
}

absl::StatusOr<CallGraph> ConvertHeap(const ConversionOptions& options,
                                      AnalyzedHeap* heap) {
  if (!options.focus.empty()) {
    const absl::Status status = heap->FocusOn(options.focus);
    if (!status.ok()) return status;
  }
  absl::StatusOr<CallGraph> call_graph = MakeCallGraph(options, heap);
  heap->progress()->Erase();
  if (call_graph.ok()) return call_graph;
  return absl::Status(
      call_graph.status().code(),
      absl::StrCat(heap->name(), ": ", call_graph.status().message()));
}

void AddToProfile(std::unique_ptr<AnalyzedHeap> heap, BaseProfile* sum) {
  const ProfileTree tree = heap->TakeProfile();
  HeapGraph graph = heap->TakeGraph();
  sum->tree = SumProfiles(*sum, tree, &graph.strings);
  sum->strings = std::move(graph.strings);
}

CallGraph ConvertWith(const ConversionOptions& options,
                      const BaseProfile& others, JoinFunction* join,
                      AnalyzedHeap* heap) {
  const ProfileTree tree = heap->TakeProfile();
  HeapGraph graph = heap->TakeGraph();
  const ProfileTree joined = join(others, tree, &graph.strings);
  const ShownRows rows =
      MakeShownRows(graph, PruneJoined(joined, options.limits, &graph.strings),
                    options.ascii_names, heap->sources());
  return MakePathCallGraph(graph, rows, *heap->sources());
}

}  // namespace heapgrind
