// The heap by type: which types own how much, and what types they own it
// through.
//
// The dominator tree with its nodes merged by type is a graph full of cycles
// (dict owns list owns dict).  Levels (levels.h) make it acyclic, by the order
// of the types' names.  Objects owned by one of their own type belong to their
// owner.
//
//     dict -> list -> dict        dict -> list -> dict (nested 1)
//
// What lies deeper than the levels go is one function, "(nested deeper)".  Of
// more than kMaxTypes types the smallest are one, "small".

#ifndef HEAPGRIND_CONVERTER_CALLGRAPH_TYPE_CALL_GRAPH_H_
#define HEAPGRIND_CONVERTER_CALLGRAPH_TYPE_CALL_GRAPH_H_

#include "converter/callgraph/call_graph.h"
#include "converter/profile/labels.h"

namespace heapgrind {

// Dictionaries and code that only implement their owner (labels.h) count as
// their owner's type.  Linear in the objects.
CallGraph MakeTypeCallGraph(const OwnedHeap& heap);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CALLGRAPH_TYPE_CALL_GRAPH_H_
