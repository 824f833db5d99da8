// What of a process's memory is in no object.
//
// The resident memory of the process, less its objects, is the allocators'
// overhead (rounding, pool headers), their free space, and native memory: code,
// stacks, what C libraries keep for themselves.
//
//     resident  |-- objects --|- overhead -|- free space -|- native memory -|

#ifndef HEAPGRIND_CONVERTER_PROCESS_ROWS_H_
#define HEAPGRIND_CONVERTER_PROCESS_ROWS_H_

#include <cstdint>

#include "converter/call_graph.h"
#include "converter/dump_header.h"

namespace heapgrind {

// Adds `process::` functions below main, so that the total is the resident
// memory that the header names.  No row is negative: each is at most what the
// ones before it leave.  Returns by how many bytes the objects exceed the
// resident memory, because pages of large ones were never touched or are
// swapped out; then, and without a header, there are no rows.
//
// `slack`: the sum of the objects' slack, bytes.
uint64_t AddProcessRows(const DumpHeader& header, uint64_t slack,
                        CallGraph* call_graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROCESS_ROWS_H_
