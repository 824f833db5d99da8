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
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "converter/graph/dominators.h"
#include "converter/graph/subtree_places.h"
#include "converter/heap/heap_graph.h"
#include "converter/owners/ownership.h"
#include "converter/profile/leaf_names.h"

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

  friend bool operator==(const SharerList& a, const SharerList& b) {
    return a.size_ == b.size_ && a.nodes_ == b.nodes_;
  }
  template <typename H>
  friend H AbslHashValue(H state, const SharerList& list) {
    return H::combine(std::move(state), list.nodes_, list.size_);
  }

 private:
  std::array<NodeId, kMaxSharers + 1> nodes_ = {};
  uint32_t size_ = 0;
};

// For each shared node its sharers.
using Sharers = absl::flat_hash_map<NodeId, SharerList>;

// O(r log c) for r references to shared objects and c children of an owner.
Sharers FindSharers(const OwnershipGraph& ownership, const DominatorTree& tree,
                    const std::vector<bool>& is_shared,
                    const SubtreePlaces& subtrees);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_SHARERS_H_
