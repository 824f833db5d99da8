#include "converter/function_table.h"

#include <algorithm>

namespace heapgrind {
namespace {

// By node of the ownership graph: its place in the trie, or kNoFunction.
class NodePlacer {
 public:
  NodePlacer(const OwnedHeap& heap, uint64_t num_single_objects,
             LabelTrie* trie)
      : heap_(heap), labels_(heap), trie_(trie) {
    ChooseSingleObjects(num_single_objects);
  }

  std::vector<TrieId> Place() {
    std::vector<TrieId> place(heap_.ownership.num_nodes(), kNoFunction);
    for (const NodeId node : heap_.tree.preorder) {
      const NodeId owner = heap_.tree.idom[node];
      place[node] =
          owner == kNoDominator ? kTrieRoot : PlaceBelow(place[owner], node);
    }
    for (TrieId& id : place) {
      if (id != kNoFunction) id = trie_->Find(id);
    }
    return place;
  }

 private:
  TrieId PlaceBelow(TrieId owner, NodeId node) {
    if (labels_.IsPartOfOwner(node)) return owner;
    Label label = labels_.Of(node);
    if (!is_single_.empty() && is_single_[node]) label.object = node;
    return trie_->Child(owner, label);
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
  table.trie = std::make_unique<LabelTrie>(heap.graph.strings);
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
