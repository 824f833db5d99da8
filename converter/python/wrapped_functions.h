// Finds a function inside of what stands in its place.
//
//     __dict__ --> lru_cache wrapper --> __wrapped__ --> wrapper
//                                                          |
//                            function <-- cell <-- tuple <--+
//
// property, classmethod and partial refer to the function itself, decorators
// over their `__dict__` or their closure, one inside of the other.

#ifndef HEAPGRIND_CONVERTER_PYTHON_WRAPPED_FUNCTIONS_H_
#define HEAPGRIND_CONVERTER_PYTHON_WRAPPED_FUNCTIONS_H_

#include "converter/heap/heap_graph.h"
#include "converter/python/module_table.h"
#include "converter/python/namespaces.h"

namespace heapgrind {

// The innermost wrapper that holds `function`, looking from `outermost`
// inwards: `outermost` itself, or a function or object in it; kNoNode if it
// does not hold `function` within a bounded number of parts.
NodeId FindWrapper(const HeapGraph& graph, const Namespaces& namespaces,
                   const ModuleTable& modules, NodeId outermost,
                   NodeId function);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PYTHON_WRAPPED_FUNCTIONS_H_
