// The rows of a call graph for what of the process is in no object.

#ifndef HEAPGRIND_CONVERTER_CALLGRAPH_PROCESS_ROWS_H_
#define HEAPGRIND_CONVERTER_CALLGRAPH_PROCESS_ROWS_H_

#include <cstdint>

#include "converter/callgraph/call_graph.h"
#include "converter/dump/dump_header.h"

namespace heapgrind {

// Adds `process::` functions below main for the parts of the process's memory
// (process_memory.h), so that the total is the resident memory that the header
// names.  Returns by how many bytes the objects exceed it; then, and without a
// header, there are no rows.
//
// `slack`: the sum of the objects' slack, bytes.
uint64_t AddProcessRows(const DumpHeader& header, uint64_t slack,
                        CallGraph* call_graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CALLGRAPH_PROCESS_ROWS_H_
