#include "converter/commands/report/growth.h"

#include <utility>

#include "converter/commands/conversion.h"
#include "converter/commands/diff/stayed_identities.h"
#include "converter/commands/heap_sentences.h"

namespace heapgrind {
namespace {

// The profile with what was asked for instead of what is resident.
ProfileTree WithVirtualSizes(ProfileTree tree) {
  for (ProfileNode& row : tree.nodes) row.self.bytes = row.self.virtual_bytes;
  SumInclusiveCosts(&tree);
  return tree;
}

}  // namespace

ReportedDump DescribeDump(const AnalyzedHeap& heap) {
  ReportedDump dump = {heap.name(), heap.header()};
  const HeapGraph& graph = heap.graph();
  dump.objects = graph.num_nodes();
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    dump.bytes += graph.size[node];
  }
  return dump;
}

absl::StatusOr<ReportedDump> GrowthSearch::AddOlder(const std::string& path) {
  absl::StatusOr<IdentifiedHeap> heap = LoadIdentifiedHeap(
      "heapgrind report", path, options_.report.heap, &progress_);
  if (!heap.ok()) return heap.status();
  const ReportedDump dump = DescribeDump(*heap->heap);
  if (num_older_ == 0) {
    heap->heap->CountVirtualSizes();
    if (options_.hides_keys) heap->heap->HideKeys();
    first_ = MakeComparedHeap(&*heap, &strings_);
    older_ = WeighOlderRows(first_, strings_, heap->heap.get());
    AddToProfile(std::move(heap->heap), &before_);
  } else {
    candidates_ = num_older_ == 1
                      ? WithoutThoseOf(first_.identities, heap->identities)
                      : StillIn(heap->identities, candidates_);
  }
  ++num_older_;
  return dump;
}

Growth GrowthSearch::Compare(std::vector<ObjectIdentity> identities,
                             std::unique_ptr<AnalyzedHeap>* last) {
  AnalyzedHeap* const heap = last->get();
  Growth growth;
  const ProfileTree profile = WithVirtualSizes(heap->profile());
  heap->CountVirtualSizes();
  IdentifiedHeap identified = {std::move(*last), std::move(identities)};
  const ComparedHeap newest = MakeComparedHeap(&identified, &strings_);
  *last = std::move(identified.heap);
  growth.difference = CompareHeaps(first_, newest, strings_);
  if (num_older_ > 1) {
    const std::vector<bool> has_stayed =
        NodesOf(StillIn(newest.identities, candidates_), heap);
    growth.suspects = FindStayedSuspects(has_stayed, heap);
    growth.stayed =
        FindStayedObjects(has_stayed, heap->graph(), heap->owners().tree,
                          heap->functions(), heap->owner_names());
  }
  for (Suspect& suspect :
       FindGrownSuspects(*older_, ShowRows(profile, heap), heap)) {
    growth.suspects.push_back(std::move(suspect));
  }
  StringTable* const strings = &heap->owned_heap().graph.strings;
  growth.joined = JoinProfiles(before_, profile, strings);
  return growth;
}

}  // namespace heapgrind
