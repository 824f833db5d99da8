// The heap by type: which types own how much, and what types they own it
// through.
//
// The dominator tree with its nodes merged by type is a graph full of cycles
// (dict owns list owns dict), in which no viewer's inclusive costs mean
// anything. It becomes acyclic by levels: the types of a strongly connected
// component have a fixed rank, and an object whose owner's type does not rank
// lower is one level deeper.  Objects owned by one of their own type belong to
// their owner.
//
//     dict -> list -> dict        dict -> list -> dict (nested 1)
//
// Levels end at kMaxLevel: what lies deeper is one function, "(nested deeper)".
// Of more than kMaxTypes types the smallest are one, "small".

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
