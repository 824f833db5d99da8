// Where objects can begin.

#ifndef HEAPGRIND_SCANNER_NATIVE_OBJECT_PLACES_H_
#define HEAPGRIND_SCANNER_NATIVE_OBJECT_PLACES_H_

#include <cstdint>

#include "native/malloc_heap.h"
#include "native/pool_blocks.h"

namespace heapgrind {

// True if a block that one of the allocators has handed out begins here, or so
// far in front of the address as headers of objects are long.
bool IsObjectPlace(uintptr_t address, const MallocHeap& heap,
                   PoolBlocks* pools);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_NATIVE_OBJECT_PLACES_H_
