// The pieces of memory in which malloc's chunks lie one behind the other.
//
// The main arena has one, which ends with its top chunk.  The others have
// heaps, each at a multiple of a large power of two, the last of which holds
// the top chunk (glibc, malloc/arena.c, struct heap_info: the arena, the heap
// before, bytes).

#ifndef HEAPGRIND_SCANNER_NATIVE_MALLOC_HEAPS_H_
#define HEAPGRIND_SCANNER_NATIVE_MALLOC_HEAPS_H_

#include <cstddef>
#include <cstdint>

#include "memory/mapped_array.h"
#include "native/main_arena.h"
#include "native/memory_areas.h"

namespace heapgrind {

struct MallocPiece {
  uintptr_t chunk;  // The first.
  uintptr_t end;    // The top chunk if there is one, else `memory_end`.
  uintptr_t memory_end;

  bool has_top() const { return end != memory_end; }
};

struct MallocHeaps {
  MappedArray<MallocPiece> pieces;
  MappedArray<uintptr_t> arenas;  // Addresses of bins.
  size_t num_fast_bins = 0;  // At most, in each; they stand before its top.
  uint64_t system_bytes = 0;
  uint64_t top_bytes = 0;
};

// Follows all arenas from the main one on.  Returns NULL, or why that is not
// possible.
const char* FindMallocHeaps(const MainArena& main, const MemoryAreas& areas,
                            MallocHeaps* heaps);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_NATIVE_MALLOC_HEAPS_H_
