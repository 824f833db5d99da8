// Roots, from the packed records into the graph.

#ifndef HEAPGRIND_CONVERTER_LOAD_BLOCK_ROOTS_H_
#define HEAPGRIND_CONVERTER_LOAD_BLOCK_ROOTS_H_

#include <cstdint>
#include <vector>

#include "converter/heap/heap_graph.h"
#include "converter/load/node_numbers.h"
#include "converter/load/record_block.h"

namespace heapgrind {

// Gives the graph the roots of the blocks, which lose them.  Their order does
// not depend on that of the lines.  Returns how many references of roots lead
// to objects that the dump lacks; these are kNoNode.
uint64_t TakeRoots(const NodeNumbers& numbers, std::vector<RecordBlock>* blocks,
                   HeapGraph* graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_BLOCK_ROOTS_H_
