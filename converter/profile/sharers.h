// Who shares an object that no single owner holds.
//
// An object whose immediate dominator does not refer to it is reached through
// several of that dominator's other children: those are its sharers.
//
//     d --> a --> x       x is owned by d and shared by a and b.
//     d --> b --> x
//           b --> y
//
// The child of d that a referrer is below is found by the places of their
// subtrees (subtree_places.h).

#ifndef HEAPGRIND_CONVERTER_PROFILE_SHARERS_H_
#define HEAPGRIND_CONVERTER_PROFILE_SHARERS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "converter/base/fetch_ahead.h"
#include "converter/graph/dominators.h"
#include "converter/graph/subtree_places.h"
#include "converter/heap/heap_graph.h"
#include "converter/owners/ownership.h"
#include "converter/profile/leaf_names.h"
#include "converter/profile/ranked_set.h"

namespace heapgrind {

// More sharers than this are not told apart.
inline constexpr size_t kMaxSharers = 3;

// Distinct nodes in ascending order, at most kMaxSharers + 1 of them.  They are
// looked up for each reference to something shared, so they are in one place.
class SharerList {
 public:
  using value_type = NodeId;
  using const_iterator = const NodeId*;

  const NodeId* begin() const { return nodes_.data(); }
  const NodeId* end() const { return nodes_.data() + size_; }
  size_t size() const { return size_; }

  // Adds a node, if it is new and there is room.
  void Add(NodeId node);

 private:
  std::array<NodeId, kMaxSharers + 1> nodes_ = {};
  uint32_t size_ = 0;
};

// For each shared node its sharers.
class Sharers {
 public:
  Sharers() = default;
  // Of the nodes in `is_shared` that are reached, without sharers yet.
  explicit Sharers(const std::vector<bool>& is_shared)
      : nodes_(is_shared), lists_(nodes_.size()) {}

  // Those of a shared node that the dominator tree reaches.
  const SharerList& Of(NodeId node) const {
    return lists_[nodes_.RankOf(node)];
  }
  SharerList& Of(NodeId node) { return lists_[nodes_.RankOf(node)]; }

  // Fetches what Of() gives; of a node that is not reached, anything.
  void Prefetch(NodeId node) const {
    FetchAhead(lists_.data() + nodes_.RankOf(node));
  }

 private:
  RankedSet nodes_;
  std::vector<SharerList> lists_;  // By rank.
};

// O(r log c) for r references to shared objects and c children of an owner.
Sharers FindSharers(const OwnershipGraph& ownership, const DominatorTree& tree,
                    const std::vector<bool>& is_shared,
                    const SubtreePlaces& subtrees);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_SHARERS_H_
