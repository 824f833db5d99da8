// The blocks that Python's own allocator has handed out, of up to 512 bytes
// each: objects, and what C code takes by PyMem_Malloc and PyObject_Malloc.
//
// They lie in pools, at multiples of the size of one.  A pool is told by
// itself: its header counts the blocks that are in use, and names those that
// are free. Both have to agree, to the block (Objects/obmalloc.c, struct
// pool_header, CPython 2.7 to 3.15), which nothing does that only looks like a
// pool.  A pool that is being changed while the copy is made is not believed.

#ifndef HEAPGRIND_SCANNER_NATIVE_POOL_BLOCKS_H_
#define HEAPGRIND_SCANNER_NATIVE_POOL_BLOCKS_H_

#include <cstddef>
#include <cstdint>

#include "cpython/compat.h"
#include "native/malloc_heap.h"

namespace heapgrind {

// Remembers the pools that were asked for last, in 300 KiB.
class PoolBlocks {
 public:
  // `heap` knows what may be read.
  explicit PoolBlocks(const MallocHeap& heap) : heap_(heap) {}
  PoolBlocks(const PoolBlocks&) = delete;
  PoolBlocks& operator=(const PoolBlocks&) = delete;

  // Finds the block in use that holds an address.  A free block is none.
  bool FindAround(uintptr_t address, NativeBlock* block);

 private:
#if PY_VERSION_HEX >= 0x030a0000 && UINTPTR_MAX > UINT32_MAX
  static constexpr uintptr_t kPoolBytes = uintptr_t{1} << 14;
#else
  static constexpr uintptr_t kPoolBytes = uintptr_t{1} << 12;
#endif
  static constexpr size_t kLeastBlock = 8;
  static constexpr size_t kNumKept = 1024;

  struct Header {
    union {
      uintptr_t padding;
      uint32_t num_used;
    };
    uintptr_t free_block;
    uintptr_t next;
    uintptr_t previous;
    uint32_t arena;
    uint32_t size_class;
    uint32_t next_offset;       // Of the first block that was never handed out.
    uint32_t last_next_offset;  // Of the last block.
  };

  struct Pool {
    uintptr_t start;
    size_t block_bytes;  // 0: there is no pool.
    uint64_t is_used[kPoolBytes / kLeastBlock / 64];

    bool IsUsed(size_t index) const {
      return (is_used[index / 64] >> (index % 64) & 1) != 0;
    }
    void Flip(size_t index) {
      is_used[index / 64] ^= uint64_t{1} << (index % 64);
    }
  };

  static size_t BlockBytes(const Header& header);
  static size_t IndexOf(uintptr_t address, const Pool& pool) {
    return (address - pool.start - sizeof(Header)) / pool.block_bytes;
  }
  static bool MarkUsed(const Header& header, Pool* pool);
  void Learn(uintptr_t start, Pool* pool) const;

  const MallocHeap& heap_;
  Pool pools_[kNumKept];  // Zeros in the beginning, as in a MappedObject.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_NATIVE_POOL_BLOCKS_H_
