// The rows of a call graph for what of the process is in no object.

#ifndef HEAPGRIND_CONVERTER_CALLGRAPH_PROCESS_ROWS_H_
#define HEAPGRIND_CONVERTER_CALLGRAPH_PROCESS_ROWS_H_

#include <cstdint>

#include "converter/callgraph/call_graph.h"
#include "converter/dump/process_memory.h"

namespace heapgrind {

// Adds `process::` functions below main for the parts of the process's memory
// (process_memory.h), so that the total is what is resident or swapped out of
// it.  Returns by how many bytes the objects exceed it; then, and if it is not
// known, there are no rows.
//
// `slack`: the sum of the objects' slack, bytes.
uint64_t AddProcessRows(const ProcessFigures& figures, uint64_t slack,
                        CallGraph* call_graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CALLGRAPH_PROCESS_ROWS_H_
