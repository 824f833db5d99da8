// How much of a heap has a named owner.
//
// A byte has one if a module, a thread, a frame or the interpreter stands above
// its object in the dominator tree.  What hangs directly below main because
// several modules share it has none, nor has what no root reaches: the share
// of named bytes tells how much of a profile answers "whose is it?".  Cycles
// that wait for collection are nobody's, whatever the rules are.

#ifndef HEAPGRIND_CONVERTER_OWNERS_NAMED_SHARE_H_
#define HEAPGRIND_CONVERTER_OWNERS_NAMED_SHARE_H_

#include <cstdint>

#include "converter/graph/dominators.h"
#include "converter/heap/heap_graph.h"
#include "converter/owners/ownership.h"

namespace heapgrind {

struct NamedShare {
  uint64_t named_bytes = 0;
  uint64_t garbage_bytes = 0;  // In cycles that wait for collection.
  uint64_t all_bytes = 0;
};

// Of all that `tree`, the dominator tree of `ownership`, reaches.  Linear.
NamedShare ComputeNamedShare(const HeapGraph& graph,
                             const OwnershipGraph& ownership,
                             const DominatorTree& tree);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OWNERS_NAMED_SHARE_H_
