#include "converter/profile/sharers.h"

#include <algorithm>

#include "converter/base/fetch_ahead.h"
#include "converter/graph/row_starts.h"

namespace heapgrind {
namespace {

// References that are dealt with together: what one needs is on its way while
// the others are looked at.
constexpr size_t kBatch = 64;

bool IsReached(const DominatorTree& tree, NodeId node) {
  return tree.idom[node] != kNoDominator;
}

std::vector<bool> ReachedOf(std::vector<bool> nodes,
                            const DominatorTree& tree) {
  for (NodeId node = 0; node < nodes.size(); ++node) {
    if (!IsReached(tree, node)) nodes[node] = false;
  }
  return nodes;
}

std::vector<bool> OwnersOfShared(const DominatorTree& tree,
                                 const std::vector<bool>& is_shared) {
  std::vector<bool> is_owner(tree.idom.size());
  for (NodeId node = 0; node < tree.idom.size(); ++node) {
    if (IsReached(tree, node) && is_shared[node]) {
      is_owner[tree.idom[node]] = true;
    }
  }
  return is_owner;
}

// The children, by place, of each node that owns something shared; but for
// those that own nothing, which are above themselves alone.
class Children {
 public:
  Children(const DominatorTree& tree, const std::vector<bool>& is_shared,
           const SubtreePlaces& subtrees)
      : tree_(tree),
        subtrees_(subtrees),
        is_owner_(OwnersOfShared(tree, is_shared)),
        owners_(is_owner_) {
    std::vector<uint32_t> sizes(owners_.size() + 1);
    for (NodeId node = 0; node < tree.idom.size(); ++node) {
      if (IsIn(node)) ++sizes[owners_.RankOf(tree.idom[node]) + 1];
    }
    first_ = RowStarts::OfSizes(std::move(sizes));
    place_.resize(first_.end());
    node_.resize(first_.end());
    Fill();
  }

  // The child of `owner` that is or is above `node`, which `owner` dominates.
  NodeId Above(NodeId node, NodeId owner) const {
    if (tree_.idom[node] == owner) return node;
    const uint32_t rank = owners_.RankOf(owner);
    const auto begin = place_.begin() + first_[rank];
    const auto end = place_.begin() + first_[rank + 1];
    const auto next = std::upper_bound(begin, end, subtrees_.begin[node]);
    return node_[next - 1 - place_.begin()];
  }

 private:
  bool IsIn(NodeId node) const {
    return IsReached(tree_, node) && is_owner_[tree_.idom[node]] &&
           subtrees_.end[node] - subtrees_.begin[node] > 1;
  }

  void Fill() {
    std::vector<uint32_t> num_filled(owners_.size());
    for (const uint32_t node : tree_.preorder) {
      if (!IsIn(node)) continue;
      const uint32_t rank = owners_.RankOf(tree_.idom[node]);
      const uint64_t at = first_[rank] + num_filled[rank]++;
      place_[at] = subtrees_.begin[node];
      node_[at] = node;
    }
  }

  const DominatorTree& tree_;
  const SubtreePlaces& subtrees_;
  const std::vector<bool> is_owner_;
  const RankedSet owners_;
  RowStarts first_;  // By rank of the owner.
  // Apart, so that a search among thousands of places stays in the cache.
  std::vector<uint32_t> place_;
  std::vector<NodeId> node_;
};

class SharerFinder {
 public:
  SharerFinder(const OwnershipGraph& ownership, const DominatorTree& tree,
               const std::vector<bool>& is_shared,
               const SubtreePlaces& subtrees)
      : ownership_(ownership),
        tree_(tree),
        is_shared_(is_shared),
        children_(tree, is_shared, subtrees),
        sharers_(ReachedOf(is_shared, tree)) {
    waiting_.reserve(kBatch);
  }

  Sharers Find() {
    for (NodeId source = 0; source < ownership_.num_nodes(); ++source) {
      if (!IsReached(tree_, source)) continue;
      for (const NodeId target : ownership_.Edges(source)) {
        if (is_shared_[target]) Wait(source, target);
      }
    }
    AddWaiting();
    return std::move(sharers_);
  }

 private:
  struct Edge {
    NodeId source;
    NodeId target;
  };

  void Wait(NodeId source, NodeId target) {
    FetchAhead(&tree_.idom[target]);
    sharers_.Prefetch(target);
    waiting_.push_back({source, target});
    if (waiting_.size() == kBatch) AddWaiting();
  }

  void AddWaiting() {
    for (const Edge& edge : waiting_) Add(edge);
    waiting_.clear();
  }

  void Add(const Edge& edge) {
    if (!IsReached(tree_, edge.target)) return;
    SharerList& known = sharers_.Of(edge.target);
    if (known.size() > kMaxSharers) return;
    const NodeId sharer = children_.Above(edge.source, tree_.idom[edge.target]);
    if (sharer != edge.target) known.Add(sharer);
  }

  const OwnershipGraph& ownership_;
  const DominatorTree& tree_;
  const std::vector<bool>& is_shared_;
  const Children children_;
  Sharers sharers_;
  std::vector<Edge> waiting_;
};

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
  return SharerFinder(ownership, tree, is_shared, subtrees).Find();
}

}  // namespace heapgrind
