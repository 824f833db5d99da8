// The profile: the heap as a tree of functions, with costs.
//
// A function (function_table.h) is a set of objects with one owner and one
// label.  Its self cost is their own, its inclusive cost what they retain: self
// + children, exactly.  Every object is in exactly one function, so the self
// costs add up to the heap.

#ifndef HEAPGRIND_CONVERTER_PROFILE_PROFILE_TREE_H_
#define HEAPGRIND_CONVERTER_PROFILE_PROFILE_TREE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "converter/heap/cost.h"
#include "converter/profile/function_table.h"
#include "converter/profile/named_function.h"
#include "converter/profile/prune.h"

namespace heapgrind {

// What was allocated at one line of a source file.
struct LineShare {
  StringId file = kNoString;
  uint32_t line = 0;
  Cost self;
};

struct ProfileNode : NamedFunction {
  Cost self;
  Cost inclusive;
  CostChange self_change;  // Of a joined tree (joined_profiles.h).
  CostChange inclusive_change;
  // Objects without an owner in the same function: what "Called" shows.
  uint64_t num_topmost = 0;
  // One of its topmost objects, where source file and line come from: of
  // definitions the first by file and line, else the lowest.
  NodeId example = kNoNode;
  // Parts of `self`, by the line that allocated them, in no order; empty if the
  // dump does not say.
  std::vector<LineShare> allocated;
  // In a pruned tree: how many functions this one stands for, and the number
  // of their types unless they are of one.  0: it stands for itself.
  uint64_t num_pruned = 0;
  uint64_t num_pruned_types = 0;
};

// The root, main, comes first, parents come before children, and children in
// an order that depends only on the heap.
struct ProfileTree {
  std::vector<ProfileNode> nodes;

  size_t size() const { return nodes.size(); }
  const ProfileNode& At(uint32_t function) const { return nodes[function]; }
};

// The profile of what the dominator tree reaches: all functions, with their
// numbers.  Linear.
ProfileTree BuildProfile(const OwnedHeap& heap, const FunctionTable& functions);

// The same with what is small gathered (prune.h), in a fraction of the memory.
ProfileTree BuildPrunedProfile(const OwnedHeap& heap,
                               const FunctionTable& functions,
                               const PruneLimits& limits);

// The profile of the functions in `is_wanted` and of those above them; all else
// is gathered.
ProfileTree BuildProfileOf(const OwnedHeap& heap,
                           const FunctionTable& functions,
                           std::vector<bool> is_wanted);

// The profile of the `num_objects` objects that retain most and of what owns
// them; everything else is gathered.
ProfileTree BuildProfileOfSingleObjects(const OwnedHeap& heap,
                                        uint64_t num_objects);

// Sets every inclusive cost to self + children.
void SumInclusiveCosts(ProfileTree* tree);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_PROFILE_TREE_H_
