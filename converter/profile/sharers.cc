#include "converter/profile/sharers.h"

#include <algorithm>

namespace heapgrind {
namespace {

bool IsReached(const DominatorTree& tree, NodeId node) {
  return tree.idom[node] != kNoDominator;
}

// A child of an owner, and its place.  In one piece, so that a search among
// thousands of them does not miss the cache at each step.
struct PlacedChild {
  uint32_t place;
  NodeId node;
};

using Children = absl::flat_hash_map<NodeId, std::vector<PlacedChild>>;

// The children, by place, of each node that owns something shared.
Children ChildrenOfSharedOwners(const DominatorTree& tree,
                                const std::vector<bool>& is_shared,
                                const std::vector<uint32_t>& place) {
  std::vector<bool> is_owner(tree.idom.size());
  for (const uint32_t node : tree.preorder) {
    if (is_shared[node]) is_owner[tree.idom[node]] = true;
  }
  Children children;
  for (const uint32_t node : tree.preorder) {
    const uint32_t owner = tree.idom[node];
    if (owner != kNoDominator && is_owner[owner]) {
      children[owner].push_back({place[node], node});
    }
  }
  return children;
}

// The child whose subtree has `place`.
NodeId ChildAbove(const std::vector<PlacedChild>& children, uint32_t place) {
  const auto next =
      std::upper_bound(children.begin(), children.end(), place,
                       [](uint32_t wanted, const PlacedChild& child) {
                         return wanted < child.place;
                       });
  return (next - 1)->node;
}

}  // namespace

void SharerList::Add(NodeId node) {
  const auto end = nodes_.begin() + size_;
  const auto at = std::lower_bound(nodes_.begin(), end, node);
  if (size_ == nodes_.size() || (at != end && *at == node)) return;
  std::copy_backward(at, end, end + 1);
  *at = node;
  ++size_;
}

Sharers FindSharers(const OwnershipGraph& ownership, const DominatorTree& tree,
                    const std::vector<bool>& is_shared,
                    const SubtreePlaces& subtrees) {
  const std::vector<uint32_t>& place = subtrees.begin;
  const Children children = ChildrenOfSharedOwners(tree, is_shared, place);
  Sharers sharers;
  for (NodeId source = 0; source < ownership.num_nodes(); ++source) {
    if (!IsReached(tree, source)) continue;
    for (const NodeId target : ownership.Edges(source)) {
      if (!is_shared[target] || !IsReached(tree, target)) continue;
      SharerList& known = sharers[target];
      if (known.size() > kMaxSharers) continue;
      const NodeId sharer =
          ChildAbove(children.find(tree.idom[target])->second, place[source]);
      if (sharer != target) known.Add(sharer);
    }
  }
  return sharers;
}

}  // namespace heapgrind
