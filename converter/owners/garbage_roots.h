// Roots for what no root reaches: one for each source component.
//
// The choice depends on what the objects are.  Only between objects that are
// alike do addresses decide, so that neither they nor the order of a dump's
// lines matter.

#ifndef HEAPGRIND_CONVERTER_OWNERS_GARBAGE_ROOTS_H_
#define HEAPGRIND_CONVERTER_OWNERS_GARBAGE_ROOTS_H_

#include <vector>

#include "converter/heap/heap_graph.h"

namespace heapgrind {

struct GarbageRoot {
  NodeId node = kNoNode;
  bool is_held = false;  // By something that is not in the dump: by C code.
};

// Objects from which every object outside of `reached` (by node) is reachable
// over references of any kind, in ascending order.  Of a component it is the
// first one with a reference count above the number of references that the
// graph knows, else the first: by type, text, size, number of references, and
// address.  Linear in the graph.
std::vector<GarbageRoot> FindGarbageRoots(const HeapGraph& graph,
                                          const std::vector<bool>& reached);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OWNERS_GARBAGE_ROOTS_H_
