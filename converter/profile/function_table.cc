#include "converter/profile/function_table.h"

#include <algorithm>
#include <utility>

#include "converter/base/parallel.h"

namespace heapgrind {
namespace {

// How many nodes get their labels before they get their places.
constexpr size_t kRun = 16384;

// By node of the ownership graph: its place in the trie, or kNoFunction.
//
// Labels are made for a run of nodes while those of the run before are put in
// the trie: both take about as long, and neither needs the other.
class NodePlacer {
 public:
  NodePlacer(const OwnedHeap& heap, uint64_t num_single_objects,
             LabelTrie* trie)
      : heap_(heap),
        labels_(heap),
        trie_(trie),
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
    for (TrieId& id : place_) {
      if (id != kNoFunction) id = trie_->Find(id);
    }
    return std::move(place_);
  }

 private:
  struct LabelledNode {
    NodeId node = kNoNode;
    bool is_part_of_owner = false;
    bool is_container = false;
    Label label;
  };

  void MakeLabels(size_t begin) {
    const auto& preorder = heap_.tree.preorder;
    const size_t end = std::min(begin + kRun, preorder.size());
    coming_.clear();
    for (size_t i = begin; i < end; ++i)
      coming_.push_back(LabelOf(preorder[i]));
  }

  LabelledNode LabelOf(NodeId node) {
    LabelledNode result;
    result.node = node;
    if (heap_.tree.idom[node] == kNoDominator) return result;
    result.is_part_of_owner = labels_.IsPartOfOwner(node);
    if (result.is_part_of_owner) return result;
    result.label = labels_.Of(node);
    result.is_container = labels_.IsContainer(node, result.label);
    if (!is_single_.empty() && is_single_[node]) result.label.object = node;
    return result;
  }

  void PlaceRun() {
    for (const LabelledNode& next : ready_) {
      const NodeId owner = heap_.tree.idom[next.node];
      place_[next.node] =
          owner == kNoDominator ? kTrieRoot
          : next.is_part_of_owner
              ? place_[owner]
              : trie_->Child(place_[owner], next.label, next.is_container);
    }
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
  LabelTrie* const trie_;
  std::vector<bool> is_single_;  // Empty if there are none.
  std::vector<LabelledNode> coming_;
  std::vector<LabelledNode> ready_;
  std::vector<TrieId> place_;
};

// By trie id that is its own Find(): whether it owns objects.
std::vector<bool> FindOwners(const OwnedHeap& heap, const LabelTrie& trie,
                             const std::vector<TrieId>& place) {
  std::vector<bool> is_owner(trie.num_ids());
  for (NodeId node = 0; node < heap.graph.num_nodes(); ++node) {
    TrieId id = place[node];
    if (id == kNoFunction) continue;
    for (; !is_owner[id]; id = trie.Parent(id)) {
      is_owner[id] = true;
      if (id == kTrieRoot) break;
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
      table->sizes.type.push_back(trie.LabelOf(next).type);
    }
  }
  return function_of_id;
}

void AddSizes(const OwnedHeap& heap, FunctionTable* table) {
  table->sizes.self_bytes.resize(table->trie_id.size());
  for (NodeId node = 0; node < heap.graph.num_nodes(); ++node) {
    const uint32_t function = table->function_of_node[node];
    if (function == kNoFunction) continue;
    table->sizes.self_bytes[function] += heap.graph.size[node];
  }
}

}  // namespace

FunctionTable FindFunctions(const OwnedHeap& heap,
                            uint64_t num_single_objects) {
  FunctionTable table;
  table.trie = std::make_unique<LabelTrie>();
  std::vector<uint32_t>& place = table.function_of_node;
  place = NodePlacer(heap, num_single_objects, table.trie.get()).Place();
  const std::vector<uint32_t> function_of_id =
      OrderFunctions(FindOwners(heap, *table.trie, place), &table);
  for (uint32_t& id : place) {
    if (id != kNoFunction) id = function_of_id[id];
  }
  AddSizes(heap, &table);
  return table;
}

}  // namespace heapgrind
