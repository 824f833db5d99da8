// A heap graph and who owns what in it: all that labels and profiles are made
// of.

#ifndef HEAPGRIND_CONVERTER_OWNERS_OWNED_HEAP_H_
#define HEAPGRIND_CONVERTER_OWNERS_OWNED_HEAP_H_

#include <cstddef>

#include "converter/graph/dominators.h"
#include "converter/heap/heap_graph.h"
#include "converter/owners/homes.h"
#include "converter/owners/ownership.h"
#include "converter/python/namespaces.h"

namespace heapgrind {

// Refers to parts that must stay where they are.
struct OwnedHeap {
  HeapGraph& graph;  // Its string table takes new texts.
  const Namespaces& namespaces;
  const Homes& homes;
  const OwnershipGraph& ownership;
  const DominatorTree& tree;
  size_t num_threads = 1;  // Without effect on the result.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OWNERS_OWNED_HEAP_H_
