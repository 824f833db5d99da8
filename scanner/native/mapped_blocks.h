// Blocks of malloc with a mapping each (M_MMAP_THRESHOLD in mallopt(3)).
//
// No list has them.  Each begins with a page whose first chunk's size word says
// so, and ends with a page.  The kernel joins neighbouring mappings, so that
// all pages of anonymous memory are looked at which are there, and which no
// block before holds; those of 10 GB take some 50 ms.

#ifndef HEAPGRIND_SCANNER_NATIVE_MAPPED_BLOCKS_H_
#define HEAPGRIND_SCANNER_NATIVE_MAPPED_BLOCKS_H_

#include <cstddef>
#include <cstdint>

#include "native/block_map.h"
#include "native/memory_areas.h"

namespace heapgrind {

// A block and its mapping.
struct MappedBlock {
  size_t bytes;   // Usable; 0: it is none.
  uintptr_t end;  // Of the mapping.
};

// What a block in a mapping that begins at `start` claims to be.  Its header
// may be read.
MappedBlock ReadMappedBlock(uintptr_t start, uintptr_t block);

// Adds the ranges of such blocks to the map, which has the heaps, and sums up
// their bytes.  False if there is no memory left.
bool FindMappedBlocks(const MemoryAreas& areas, BlockMap* blocks,
                      uint64_t* bytes);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_NATIVE_MAPPED_BLOCKS_H_
