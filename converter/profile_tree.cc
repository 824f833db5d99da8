#include "converter/profile_tree.h"

#include <algorithm>
#include <utility>

#include "converter/label_trie.h"

namespace heapgrind {
namespace {

// By node of the ownership graph: its place in the trie.
std::vector<TrieId> PlaceNodes(const OwnedHeap& heap, LabelTrie* trie) {
  Labels labels(heap);
  std::vector<TrieId> place(heap.ownership.num_nodes(), kTrieRoot);
  for (const NodeId node : heap.tree.preorder) {
    if (node == heap.ownership.main()) continue;
    const TrieId owner = place[heap.tree.idom[node]];
    place[node] = labels.IsPartOfOwner(node)
                      ? owner
                      : trie->Child(owner, labels.Of(node));
  }
  for (TrieId& id : place) id = trie->Find(id);
  return place;
}

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

void AddCosts(const OwnedHeap& heap, const std::vector<TrieId>& place,
              const std::vector<uint32_t>& function_of_id,
              ProfileTree* profile) {
  for (const NodeId node : heap.tree.preorder) {
    ProfileNode& function = profile->nodes[function_of_id[place[node]]];
    const NodeId owner = heap.tree.idom[node];
    if (owner != kNoDominator && place[owner] != place[node]) {
      ++function.num_topmost;
    }
    if (!heap.ownership.IsObject(node)) continue;
    function.self += {heap.graph.size[node], 1};
    if (owner == kNoDominator || place[owner] != place[node]) {
      function.example = std::min(function.example, node);
    }
  }
}

// Leaves out functions that own nothing, such as anchors of an empty set.
void DropEmpty(ProfileTree* profile) {
  std::vector<uint32_t> new_place(profile->nodes.size());
  std::vector<ProfileNode> kept;
  for (size_t i = 0; i < profile->nodes.size(); ++i) {
    ProfileNode& node = profile->nodes[i];
    if (i > 0 && node.inclusive.objects == 0) continue;
    new_place[i] = static_cast<uint32_t>(kept.size());
    node.parent = new_place[node.parent];
    kept.push_back(std::move(node));
  }
  profile->nodes = std::move(kept);
}

}  // namespace

void SumInclusiveCosts(ProfileTree* tree) {
  for (ProfileNode& node : tree->nodes) node.inclusive = node.self;
  for (size_t i = tree->nodes.size(); i-- > 1;) {
    const ProfileNode& node = tree->nodes[i];
    tree->nodes[node.parent].inclusive += node.inclusive;
  }
}

ProfileTree BuildProfileTree(const OwnedHeap& heap) {
  LabelTrie trie(heap.graph.strings);
  const std::vector<TrieId> place = PlaceNodes(heap, &trie);
  ProfileTree profile;
  const std::vector<uint32_t> function_of_id = OrderFunctions(trie, &profile);
  AddCosts(heap, place, function_of_id, &profile);
  SumInclusiveCosts(&profile);
  DropEmpty(&profile);
  return profile;
}

}  // namespace heapgrind
