// Calls as they follow from who owns what: an owner's function calls those of
// the objects that it owns.

#ifndef HEAPGRIND_CONVERTER_CALLGRAPH_OWNER_CALLS_H_
#define HEAPGRIND_CONVERTER_CALLGRAPH_OWNER_CALLS_H_

#include <cstdint>
#include <vector>

#include "converter/callgraph/call_graph.h"
#include "converter/graph/dominators.h"
#include "converter/heap/cost.h"
#include "converter/heap/heap_graph.h"

namespace heapgrind {

// Adds the calls to the functions of `call_graph`, each function's in the order
// of their callees.  A call is one for each node whose owner is in the caller,
// and costs what these retain.  `function` and `retained` are by node.  Linear,
// but for sorting; 4 bytes for each node, besides the calls.
void AddOwnerCalls(const DominatorTree& tree,
                   const std::vector<uint32_t>& function,
                   const std::vector<Cost>& retained, CallGraph* call_graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CALLGRAPH_OWNER_CALLS_H_
