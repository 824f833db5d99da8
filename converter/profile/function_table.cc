#include "converter/profile/function_table.h"

#include <array>
#include <utility>

#include "absl/types/span.h"
#include "converter/base/fetch_ahead.h"
#include "converter/base/two_stages.h"
#include "converter/profile/label_trie.h"
#include "converter/profile/node_labels.h"

namespace heapgrind {
namespace {

// How many nodes get their labels before they get their places.
constexpr size_t kRun = 4096;

// How many nodes ahead memory is fetched: far enough that it is there in time,
// and what it depends on has come.
constexpr size_t kAhead = 8;

// By node of the ownership graph: its place in the trie, or kNoFunction.
//
// Labels are made for runs of nodes while those of the runs before are put in
// the trie: both take about as long, and the first does not need the second.
class NodePlacer {
 public:
  NodePlacer(const OwnedHeap& heap, uint64_t num_single_objects,
             LabelNumbers* numbers, LabelTrie* trie)
      : heap_(heap),
        labels_(heap, num_single_objects, numbers),
        trie_(trie),
        place_(heap.ownership.num_nodes(), kNoFunction) {}

  std::vector<TrieId> Place() {
    const size_t num_runs = (heap_.tree.preorder.size() + kRun - 1) / kRun;
    RunInTwoStages(
        heap_.num_threads, num_runs, [this](size_t run) { MakeLabels(run); },
        [this](size_t run) { PlaceRun(runs_[run % kStepsAhead]); });
    return std::move(place_);
  }

  SharerNames TakeSharerNames() { return labels_.TakeSharerNames(); }

 private:
  // The two threads look at spans: the vectors themselves are side by side, so
  // that what one writes to its own would be fetched anew by the other.
  using Run = std::vector<LabelledNode>;
  using RunView = absl::Span<const LabelledNode>;

  void MakeLabels(size_t number) {
    const absl::Span<const NodeId> nodes =
        absl::MakeConstSpan(heap_.tree.preorder).subspan(number * kRun, kRun);
    Run& run = runs_[number % kStepsAhead];
    run.resize(nodes.size());
    labels_.LabelRun(nodes, absl::MakeSpan(run));
  }

  void PlaceRun(RunView run) {
    for (size_t i = 0; i < run.size(); ++i) {
      Prefetch(run, i);
      const LabelledNode& next = run[i];
      const TrieId id = PlaceOf(next);
      place_[next.node] = id;
      if (next.is_object) trie_->AddObject(id, next.bytes);
    }
  }

  TrieId PlaceOf(const LabelledNode& node) {
    if (node.owner == kNoDominator) return kTrieRoot;
    const TrieId above = place_[node.owner];
    return node.is_part_of_owner ? above : trie_->Child(above, node.label);
  }

  // What the nodes after the `i`-th will need, one step each.
  void Prefetch(RunView run, size_t i) const {
    if (i + 3 * kAhead < run.size()) {
      const LabelledNode& later = run[i + 3 * kAhead];
      FetchAheadToWrite(&place_[later.node]);
      if (later.owner != kNoDominator) FetchAhead(&place_[later.owner]);
    }
    if (i + 2 * kAhead < run.size()) {
      const TrieId above = PlaceOfOwner(run[i + 2 * kAhead]);
      if (above != kNoFunction) trie_->Prefetch(above);
    }
    if (i + kAhead < run.size()) {
      const LabelledNode& soon = run[i + kAhead];
      const TrieId above = PlaceOfOwner(soon);
      if (above == kNoFunction || soon.is_part_of_owner) return;
      trie_->PrefetchChild(trie_->Find(above), soon.label);
    }
  }

  // kNoFunction: it has none yet.
  TrieId PlaceOfOwner(const LabelledNode& node) const {
    return node.owner == kNoDominator ? kNoFunction : place_[node.owner];
  }

  const OwnedHeap& heap_;
  NodeLabels labels_;
  LabelTrie* const trie_;
  std::array<Run, kStepsAhead> runs_;
  std::vector<TrieId> place_;
};

// By trie id that is its own Find(): whether it, or what is below it, has
// objects.  Anchors of an empty set do not.
std::vector<bool> FindOwners(const LabelTrie& trie) {
  std::vector<bool> is_owner(trie.num_ids());
  is_owner[kTrieRoot] = true;
  for (TrieId id = 0; id < trie.num_ids(); ++id) {
    if (!trie.HasObjects(id) || trie.Find(id) != id) continue;
    for (TrieId above = id; !is_owner[above]; above = trie.Parent(above)) {
      is_owner[above] = true;
    }
  }
  return is_owner;
}

// By trie id.  kNoFunction: it and what is below it have no objects.
using FunctionOfId = std::vector<uint32_t>;

void AddFunction(const LabelTrie& trie, TrieId id, FunctionOfId* function_of_id,
                 FunctionTable* table) {
  const uint32_t label = trie.LabelOf(id);
  (*function_of_id)[id] = static_cast<uint32_t>(table->size());
  table->label_number.push_back(label);
  table->is_recursive.push_back(trie.IsRecursive(id));
  FunctionSizes& sizes = table->sizes;
  sizes.parent.push_back((*function_of_id)[trie.Parent(id)]);
  sizes.type.push_back(table->labels->LabelOf(label).type);
  sizes.self_bytes.push_back(trie.BytesOfObjects(id));
}

// Lists the functions of `is_owner`, parents first.
FunctionOfId ListFunctions(const LabelTrie& trie,
                           const std::vector<bool>& is_owner,
                           FunctionTable* table) {
  FunctionOfId function_of_id(trie.num_ids(), kNoFunction);
  AddFunction(trie, kTrieRoot, &function_of_id, table);
  std::vector<TrieId> path;
  for (TrieId id = 0; id < trie.num_ids(); ++id) {
    if (!is_owner[id]) continue;
    // Folding can give a node a younger parent.
    for (TrieId above = id; function_of_id[above] == kNoFunction;
         above = trie.Parent(above)) {
      path.push_back(above);
    }
    for (; !path.empty(); path.pop_back()) {
      AddFunction(trie, path.back(), &function_of_id, table);
    }
  }
  return function_of_id;
}

// Leads ids that have become others to the functions of these.
void LeadToFunctions(const LabelTrie& trie, FunctionOfId* function_of_id) {
  for (TrieId id = 0; id < trie.num_ids(); ++id) {
    (*function_of_id)[id] = (*function_of_id)[trie.Find(id)];
  }
}

// Makes functions of the places of nodes in the trie.
void ReplacePlaces(const FunctionOfId& function_of_id,
                   std::vector<uint32_t>* places) {
  for (size_t i = 0; i < places->size(); ++i) {
    if (i + kAhead < places->size()) {
      const TrieId soon = (*places)[i + kAhead];
      if (soon != kNoFunction) FetchAhead(&function_of_id[soon]);
    }
    uint32_t& place = (*places)[i];
    if (place != kNoFunction) place = function_of_id[place];
  }
}

}  // namespace

FunctionTable FindFunctions(const OwnedHeap& heap,
                            uint64_t num_single_objects) {
  FunctionTable table;
  table.labels = std::make_unique<LabelNumbers>();
  LabelTrie trie;
  {
    NodePlacer placer(heap, num_single_objects, table.labels.get(), &trie);
    table.of_node = placer.Place();
    table.sharer_names =
        std::make_unique<SharerNames>(placer.TakeSharerNames());
  }
  FunctionOfId function_of_id = ListFunctions(trie, FindOwners(trie), &table);
  LeadToFunctions(trie, &function_of_id);
  ReplacePlaces(function_of_id, &table.of_node);
  return table;
}

}  // namespace heapgrind
