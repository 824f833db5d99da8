#include "converter/profile/function_table.h"

#include <algorithm>
#include <utility>

#include "converter/base/parallel.h"

namespace heapgrind {
namespace {

// How many nodes get their labels before they get their places.
constexpr size_t kRun = 16384;

// How many nodes ahead memory is fetched: far enough that it is there in time,
// and what it depends on has come.
constexpr size_t kAhead = 8;

// By node of the ownership graph: its place in the trie, or kNoFunction.
//
// Labels are made for a run of nodes while those of the run before are put in
// the trie: both take about as long, and neither needs the other.
class NodePlacer {
 public:
  NodePlacer(const OwnedHeap& heap, uint64_t num_single_objects,
             FunctionTable* table)
      : heap_(heap),
        labels_(heap),
        numbers_(table->labels.get()),
        trie_(table->trie.get()),
        place_(heap.ownership.num_nodes(), kNoFunction) {
    ChooseSingleObjects(num_single_objects);
  }

  std::vector<TrieId> Place() {
    for (size_t begin = 0; begin < heap_.tree.preorder.size() + kRun;
         begin += kRun) {
      RunInParallel(heap_.num_threads, 2, [this, begin](size_t task) {
        task == 0 ? MakeLabels(begin) : PlaceRun();
      });
      ready_.swap(coming_);
    }
    return std::move(place_);
  }

  SharerNames TakeSharerNames() { return labels_.TakeSharerNames(); }

 private:
  struct LabelledNode {
    NodeId node = kNoNode;
    NodeId owner = kNoDominator;
    bool is_part_of_owner = false;
    TrieLabel label;
  };

  void MakeLabels(size_t begin) {
    const auto& preorder = heap_.tree.preorder;
    const size_t end = std::min(begin + kRun, preorder.size());
    coming_.clear();
    for (size_t i = begin; i < end; ++i) {
      if (i + kAhead < end) labels_.Prefetch(preorder[i + kAhead]);
      coming_.push_back(LabelOf(preorder[i]));
    }
  }

  LabelledNode LabelOf(NodeId node) {
    LabelledNode result;
    result.node = node;
    result.owner = heap_.tree.idom[node];
    if (result.owner == kNoDominator) return result;
    result.is_part_of_owner = labels_.IsPartOfOwner(node);
    if (result.is_part_of_owner) return result;
    Label label = labels_.Of(node);
    const bool is_container = labels_.IsContainer(node, label);
    if (!is_single_.empty() && is_single_[node]) label.object = node;
    result.label = TrieLabel(numbers_->Of(label), label, is_container);
    return result;
  }

  void PlaceRun() {
    for (size_t i = 0; i < ready_.size(); ++i) {
      Prefetch(i);
      const LabelledNode& next = ready_[i];
      place_[next.node] = next.owner == kNoDominator ? kTrieRoot
                          : next.is_part_of_owner
                              ? place_[next.owner]
                              : trie_->Child(place_[next.owner], next.label);
    }
  }

  // What the nodes after the `i`-th will need, one step each.
  void Prefetch(size_t i) const {
    if (i + 3 * kAhead < ready_.size()) {
      const LabelledNode& later = ready_[i + 3 * kAhead];
      __builtin_prefetch(&place_[later.node], 1);
      if (later.owner != kNoDominator) __builtin_prefetch(&place_[later.owner]);
    }
    if (i + 2 * kAhead < ready_.size()) {
      const TrieId above = PlaceOfOwner(ready_[i + 2 * kAhead]);
      if (above != kNoFunction) trie_->Prefetch(above);
    }
    if (i + kAhead < ready_.size()) {
      const LabelledNode& soon = ready_[i + kAhead];
      const TrieId above = PlaceOfOwner(soon);
      if (above == kNoFunction || soon.is_part_of_owner) return;
      trie_->PrefetchChild(trie_->Find(above), soon.label);
    }
  }

  // kNoFunction: it has none yet.
  TrieId PlaceOfOwner(const LabelledNode& node) const {
    return node.owner == kNoDominator ? kNoFunction : place_[node.owner];
  }

  void ChooseSingleObjects(uint64_t num_wanted) {
    if (num_wanted == 0) return;
    const std::vector<uint64_t> retained =
        RetainedBytes(heap_.graph.size, heap_.tree);
    std::vector<NodeId> nodes;
    for (const NodeId node : heap_.tree.preorder) {
      if (heap_.ownership.IsObject(node) && !labels_.IsPartOfOwner(node)) {
        nodes.push_back(node);
      }
    }
    const size_t count = std::min<uint64_t>(num_wanted, nodes.size());
    std::partial_sort(
        nodes.begin(), nodes.begin() + count, nodes.end(),
        [&retained](NodeId a, NodeId b) {
          return retained[a] != retained[b] ? retained[a] > retained[b] : a < b;
        });
    is_single_.resize(heap_.ownership.num_nodes());
    for (size_t i = 0; i < count; ++i) is_single_[nodes[i]] = true;
  }

  const OwnedHeap& heap_;
  Labels labels_;
  LabelNumbers* const numbers_;
  LabelTrie* const trie_;
  std::vector<bool> is_single_;  // Empty if there are none.
  std::vector<LabelledNode> coming_;
  std::vector<LabelledNode> ready_;
  std::vector<TrieId> place_;
};

// By trie id that is its own Find(): whether it owns objects.  Makes each place
// its Find().
std::vector<bool> FindOwners(const OwnedHeap& heap, const LabelTrie& trie,
                             std::vector<TrieId>* place) {
  std::vector<bool> is_owner(trie.num_ids());
  for (NodeId node = 0; node < place->size(); ++node) {
    if (node + kAhead < place->size()) {
      const TrieId later = (*place)[node + kAhead];
      if (later != kNoFunction) trie.Prefetch(later);
    }
    TrieId& id = (*place)[node];
    if (id == kNoFunction) continue;
    id = trie.Find(id);
    if (!heap.ownership.IsObject(node)) continue;
    for (TrieId above = id; !is_owner[above]; above = trie.Parent(above)) {
      is_owner[above] = true;
      if (above == kTrieRoot) break;
    }
  }
  is_owner[kTrieRoot] = true;
  return is_owner;
}

// Lists the functions that own something, parents first; anchors of an empty
// set do not.  Returns each one's place by trie id.
std::vector<uint32_t> OrderFunctions(const std::vector<bool>& is_owner,
                                     FunctionTable* table) {
  const LabelTrie& trie = *table->trie;
  std::vector<uint32_t> function_of_id(trie.num_ids(), kNoFunction);
  std::vector<TrieId> path;
  for (TrieId id = 0; id < trie.num_ids(); ++id) {
    if (trie.Find(id) != id || !is_owner[id]) continue;
    // Folding can give a node a younger parent.
    TrieId above = id;
    for (; function_of_id[above] == kNoFunction; above = trie.Parent(above)) {
      path.push_back(above);
      if (above == kTrieRoot) break;
    }
    for (; !path.empty(); path.pop_back()) {
      const TrieId next = path.back();
      function_of_id[next] = static_cast<uint32_t>(table->trie_id.size());
      table->trie_id.push_back(next);
      table->sizes.parent.push_back(function_of_id[trie.Parent(next)]);
      table->sizes.type.push_back(
          table->labels->LabelOf(trie.LabelOf(next)).type);
    }
  }
  return function_of_id;
}

// Puts functions in the places of trie ids, and adds up their sizes.
void TakeNodes(const OwnedHeap& heap,
               const std::vector<uint32_t>& function_of_id,
               FunctionTable* table) {
  std::vector<uint32_t>& place = table->function_of_node;
  std::vector<uint64_t>& self_bytes = table->sizes.self_bytes;
  self_bytes.resize(table->trie_id.size());
  for (NodeId node = 0; node < place.size(); ++node) {
    if (node + kAhead < place.size() && place[node + kAhead] != kNoFunction) {
      __builtin_prefetch(&function_of_id[place[node + kAhead]]);
    }
    if (place[node] == kNoFunction) continue;
    place[node] = function_of_id[place[node]];
    if (place[node] == kNoFunction || !heap.ownership.IsObject(node)) continue;
    self_bytes[place[node]] += heap.graph.size[node];
  }
}

}  // namespace

FunctionTable FindFunctions(const OwnedHeap& heap,
                            uint64_t num_single_objects) {
  FunctionTable table;
  table.trie = std::make_unique<LabelTrie>();
  table.labels = std::make_unique<LabelNumbers>();
  {
    NodePlacer placer(heap, num_single_objects, &table);
    table.function_of_node = placer.Place();
    table.sharer_names =
        std::make_unique<SharerNames>(placer.TakeSharerNames());
  }
  TakeNodes(heap,
            OrderFunctions(
                FindOwners(heap, *table.trie, &table.function_of_node), &table),
            &table);
  return table;
}

}  // namespace heapgrind
