#include "native/object_places.h"

namespace heapgrind {
namespace {

// A GC header has up to four words, a pre-header two.
bool IsHeader(uintptr_t bytes) {
  return bytes % sizeof(void*) == 0 && bytes <= 6 * sizeof(void*);
}

}  // namespace

bool IsObjectPlace(uintptr_t address, const MallocHeap& heap,
                   PoolBlocks* pools) {
  NativeBlock block;
  return (heap.FindAround(address, &block) ||
          pools->FindAround(address, &block)) &&
         IsHeader(address - block.start);
}

}  // namespace heapgrind
