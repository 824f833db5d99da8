// Gives a graph what its dump does not say and its objects tell all the same.
//
// The dumps of our own scanner say everything.  Meliae names neither references
// nor roots, and calls classes and functions by their `__name__` alone.  Which
// dictionary is the `__dict__` of what, the full names of definitions and what
// stands for roots are inferred here, once, so that no stage behind the graph
// asks where it is from.

#ifndef HEAPGRIND_CONVERTER_LOAD_COMPLETED_GRAPH_H_
#define HEAPGRIND_CONVERTER_LOAD_COMPLETED_GRAPH_H_

#include "converter/heap/heap_graph.h"

namespace heapgrind {

// Completes a graph that is linked but for this.  `has_reference_names`:
// whether any reference of an object has a name in the dump; if so, the dump is
// taken to name `__dict__`s and to know its definitions.  Linear in the graph.
void CompleteGraph(bool has_reference_names, HeapGraph* graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_COMPLETED_GRAPH_H_
