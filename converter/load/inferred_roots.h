// What holds objects in a dump that names no roots.

#ifndef HEAPGRIND_CONVERTER_LOAD_INFERRED_ROOTS_H_
#define HEAPGRIND_CONVERTER_LOAD_INFERRED_ROOTS_H_

#include <vector>

#include "converter/heap/heap_graph.h"

namespace heapgrind {

// Modules, frames, and what nothing refers to, in the order of their addresses.
// Linear in the graph.
std::vector<NodeId> InferRoots(const HeapGraph& graph);

// Without roots no interpreter owns the static types, which refer to nothing:
// makes each of them its module's.  Linear in the
// definitions.
void GiveStaticTypesToModules(HeapGraph* graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_INFERRED_ROOTS_H_
