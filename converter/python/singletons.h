// Objects of which every process has one: None, True, small ints and the like,
// empty and one-character strings.  They are everybody's.

#ifndef HEAPGRIND_CONVERTER_PYTHON_SINGLETONS_H_
#define HEAPGRIND_CONVERTER_PYTHON_SINGLETONS_H_

#include "converter/heap/heap_graph.h"

namespace heapgrind {

bool IsSingleton(const HeapGraph& graph, NodeId node);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PYTHON_SINGLETONS_H_
