#include "converter/profile_tree.h"

#include <algorithm>
#include <utility>

#include "converter/label_trie.h"

namespace heapgrind {
namespace {

// Of a node that is not to be shown.
constexpr TrieId kNoPlace = UINT32_MAX;

// By node of the ownership graph: its place in the trie.  What is not to be
// shown has none.
class NodePlacer {
 public:
  NodePlacer(const OwnedHeap& heap, uint64_t num_single_objects,
             LabelTrie* trie)
      : heap_(heap), labels_(heap), trie_(trie) {
    ChooseSingleObjects(num_single_objects);
  }

  std::vector<TrieId> Place() {
    std::vector<TrieId> place(heap_.ownership.num_nodes(), kNoPlace);
    for (const NodeId node : heap_.tree.preorder) {
      const NodeId owner = heap_.tree.idom[node];
      place[node] =
          owner == kNoDominator ? kTrieRoot : PlaceBelow(place[owner], node);
    }
    for (TrieId& id : place) {
      if (id != kNoPlace) id = trie_->Find(id);
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

// By trie id: its place in the profile, parents first.
std::vector<uint32_t> OrderFunctions(const LabelTrie& trie,
                                     ProfileTree* profile) {
  constexpr uint32_t kUnplaced = UINT32_MAX;
  std::vector<uint32_t> function_of_id(trie.num_ids(), kUnplaced);
  function_of_id[kTrieRoot] = 0;
  profile->nodes.resize(1);
  std::vector<TrieId> path;
  for (TrieId id = 0; id < trie.num_ids(); ++id) {
    // Folding can give a node a younger parent.
    TrieId above = trie.Find(id);
    for (; function_of_id[above] == kUnplaced; above = trie.Parent(above)) {
      path.push_back(above);
    }
    for (; !path.empty(); path.pop_back()) {
      const TrieId next = path.back();
      ProfileNode node;
      node.parent = function_of_id[trie.Parent(next)];
      node.label = trie.LabelOf(next);
      node.is_recursive = trie.IsRecursive(next);
      function_of_id[next] = static_cast<uint32_t>(profile->nodes.size());
      profile->nodes.push_back(node);
    }
  }
  return function_of_id;
}

void AddCosts(const OwnedHeap& heap,
              const std::vector<uint32_t>& function_of_node,
              ProfileTree* profile) {
  for (const NodeId node : heap.tree.preorder) {
    const uint32_t place = function_of_node[node];
    if (place == kNoFunction) continue;
    ProfileNode& function = profile->nodes[place];
    const NodeId owner = heap.tree.idom[node];
    const bool is_topmost =
        owner == kNoDominator || function_of_node[owner] != place;
    if (is_topmost && owner != kNoDominator) ++function.num_topmost;
    if (!heap.ownership.IsObject(node)) continue;
    function.self += heap.graph.OwnCost(node);
    if (is_topmost) function.example = std::min(function.example, node);
  }
}

// Leaves out functions that own nothing, such as anchors of an empty set.
void DropEmpty(Profile* profile) {
  std::vector<ProfileNode>& nodes = profile->tree.nodes;
  std::vector<uint32_t> new_place(nodes.size());
  std::vector<ProfileNode> kept;
  for (size_t i = 0; i < nodes.size(); ++i) {
    if (i > 0 && nodes[i].inclusive.objects == 0) continue;
    new_place[i] = static_cast<uint32_t>(kept.size());
    nodes[i].parent = new_place[nodes[i].parent];
    kept.push_back(nodes[i]);
  }
  nodes = std::move(kept);
  for (uint32_t& function : profile->function_of_node) {
    if (function != kNoFunction) function = new_place[function];
  }
}

}  // namespace

void SumInclusiveCosts(ProfileTree* tree) {
  for (ProfileNode& node : tree->nodes) node.inclusive = node.self;
  for (size_t i = tree->nodes.size(); i-- > 1;) {
    const ProfileNode& node = tree->nodes[i];
    tree->nodes[node.parent].inclusive += node.inclusive;
  }
}

Profile BuildProfile(const OwnedHeap& heap, uint64_t num_single_objects) {
  LabelTrie trie(heap.graph.strings);
  Profile profile;
  std::vector<uint32_t>& place = profile.function_of_node;
  place = NodePlacer(heap, num_single_objects, &trie).Place();
  const std::vector<uint32_t> function_of_id =
      OrderFunctions(trie, &profile.tree);
  for (uint32_t& id : place) {
    id = id == kNoPlace ? kNoFunction : function_of_id[id];
  }
  AddCosts(heap, place, &profile.tree);
  SumInclusiveCosts(&profile.tree);
  DropEmpty(&profile);
  return profile;
}

}  // namespace heapgrind
