// Allocation sites, from the packed records into the graph.

#ifndef HEAPGRIND_CONVERTER_LOAD_BLOCK_SITES_H_
#define HEAPGRIND_CONVERTER_LOAD_BLOCK_SITES_H_

#include <cstdint>
#include <vector>

#include "converter/heap/heap_graph.h"
#include "converter/load/record_block.h"

namespace heapgrind {

// Gives the graph the sites, in the order of their numbers, and the objects
// theirs.  Wants blocks whose addresses are nodes; frees their sites.  Of two
// sites with one number the first in the order of caller, line and file counts.
// Returns how many objects and sites name a site that has no record.
uint64_t TakeSites(std::vector<RecordBlock>* blocks, HeapGraph* graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_BLOCK_SITES_H_
