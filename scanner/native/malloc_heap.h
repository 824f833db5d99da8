// The blocks that glibc's malloc has handed out, in a copy of a process in
// which nothing else runs.
//
// malloc has no list of them.  Its heaps are walked from chunk to chunk, and
// the walk is proven before it is believed: it has to end where each heap ends,
// and to find as many bytes free and in use as malloc says there are.  Another
// malloc has no such heaps.
//
// Memory: 0.8 % of the heaps.  Time: some 20 ms for a million blocks.

#ifndef HEAPGRIND_SCANNER_NATIVE_MALLOC_HEAP_H_
#define HEAPGRIND_SCANNER_NATIVE_MALLOC_HEAP_H_

#include <cstddef>
#include <cstdint>

#include "native/block_map.h"
#include "native/free_caches.h"
#include "native/malloc_heaps.h"
#include "native/memory_areas.h"
#include "surroundings.h"

namespace heapgrind {

// A block in use.
struct NativeBlock {
  uintptr_t start;  // What malloc returned.
  size_t bytes;     // What may be used of it.
  size_t slack;     // What malloc takes beside that, bytes; it takes some.

  // Of Python's own allocator, which takes none.
  bool is_in_pool() const { return slack == 0; }
};

class MallocHeap {
 public:
  MallocHeap() = default;
  MallocHeap(const MallocHeap&) = delete;
  MallocHeap& operator=(const MallocHeap&) = delete;

  // Finds all blocks.  `process` has malloc's figures of the moment of the
  // copy, or of one shortly before.  False if they are not known, the malloc is
  // not glibc's, or its heaps are not as expected; then nothing may be asked
  // but reason().  To be called once.
  bool Learn(const hg_process& process);

  // Why Learn returned false, in a few words.
  const char* reason() const { return reason_; }

  // Finds the block in use that a word points at: at its start, or 8 bytes
  // behind it, where some libraries begin with a header of their own.  A free
  // block is none.  Most words that point elsewhere cost a comparison.
  bool Find(uintptr_t word, NativeBlock* block) const;

  // Finds the block in use that holds an address, but for its last word.  Takes
  // the time to look at one bit for each 16 bytes before it, 64 at once.
  //
  // malloc's own links from free chunk to free chunk stay in what was free and
  // is in use again.  They lead to the beginnings of chunks: to the last word
  // of the block before, or, if that has grown since, farther inside.
  bool FindAround(uintptr_t address, NativeBlock* block) const;

  // Gives the blocks of the heaps numbers, once; see BlockMap.
  bool Number() { return blocks_.Number(); }
  uint32_t num_numbers() const { return blocks_.num_numbers(); }
  static constexpr uint32_t kNoNumber = UINT32_MAX;

  // Of a block in use; kNoNumber if it does not lie in a heap.
  uint32_t NumberOf(uintptr_t start) const {
    const BlockRange* range = blocks_.RangeOf(start);
    return range == nullptr || range->bits == nullptr
               ? kNoNumber
               : BlockMap::NumberOf(*range, start);
  }

  // Of the block that Find would find in a heap, at most of its time without a
  // look at it.
  uint32_t NumberAt(uintptr_t word) const;

  NativeBlock BlockOf(uint32_t number) const {
    NativeBlock block = {};
    FindAt(blocks_.AddressOf(number), &block);
    return block;
  }

  // Where malloc's own variables are, which point at free blocks.
  uintptr_t variables_start() const { return variables_start_; }
  uintptr_t variables_end() const { return variables_end_; }

  // True if all of a range could be read when Learn was called.
  bool IsMapped(uintptr_t start, size_t bytes) const {
    return areas_.Contains(start, bytes);
  }

  // The same of private memory that may be written, as objects are in.
  bool IsPrivate(uintptr_t start, size_t bytes) const {
    return areas_.ContainsPrivate(start, bytes);
  }

 private:
  bool Refuse(const char* reason);
  bool RefuseDifference(uint64_t bytes);
  bool WalkAll(const MallocHeaps& heaps, FreeCaches* caches);
  bool Walk(const MallocPiece& piece, FreeCaches* caches);
  bool Prove(const hg_process& process, const MallocHeaps& heaps,
             uint64_t mapped_bytes);
  bool FindAt(uintptr_t start, NativeBlock* block) const;

  MemoryAreas areas_;
  BlockMap blocks_;
  uintptr_t variables_start_ = 0;
  uintptr_t variables_end_ = 0;
  uint64_t free_bytes_ = 0;  // By the chunks' flags, without top chunks.
  const char* reason_ = "";
  char difference_[64];
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_NATIVE_MALLOC_HEAP_H_
