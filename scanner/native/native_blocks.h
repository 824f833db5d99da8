// The blocks of malloc and of Python's allocator that native code holds: those
// that were found and not yet written, and those that are an object's own.

#ifndef HEAPGRIND_SCANNER_NATIVE_NATIVE_BLOCKS_H_
#define HEAPGRIND_SCANNER_NATIVE_NATIVE_BLOCKS_H_

#include <cstddef>
#include <cstdint>

#include "memory/frontier.h"
#include "memory/visited_set.h"
#include "native/malloc_heap.h"
#include "native/object_places.h"
#include "native/pool_blocks.h"
#include "surroundings.h"

namespace heapgrind {

// Takes one bit for each 16 bytes of the heap that blocks begin in, beside what
// the heap takes.
class NativeBlocks {
 public:
  // Walks the heap of a copy of the process.  Before that, and if the heap is
  // not as expected, no word points at a block.  Returns why it is not; else
  // null.
  const char* Learn(const hg_process& process) {
    is_known_ = heap_.Learn(process);
    if (!is_known_) return heap_.reason();
    hg_use_readable(IsReadable, &heap_);
    return nullptr;
  }

  bool is_known() const { return is_known_; }

  // Says that an object's record counts this memory.
  void Claim(const void* start) {
    if (is_known_) claimed_.Insert(reinterpret_cast<uintptr_t>(start));
  }

  // The same of an object, which may have headers in front, or share a block
  // with others.
  void ClaimAround(const void* object) {
    NativeBlock block;
    const uintptr_t place = reinterpret_cast<uintptr_t>(object);
    if (is_known_ && heap_.FindAround(place, &block)) {
      claimed_.Insert(block.start);
    }
  }

  // True if the block that begins here was claimed.
  bool IsClaimed(uintptr_t start) { return claimed_.Contains(start); }

  // The block that a word points at, unless it is known to be an object's.
  bool Find(uintptr_t word, NativeBlock* block) {
    return is_known_ && FindAny(word, block) && !IsClaimed(block->start);
  }

  // The block of malloc that holds an address, unless it is known to be an
  // object's.
  bool FindAround(uintptr_t address, NativeBlock* block) {
    return is_known_ && heap_.FindAround(address, block) &&
           !IsClaimed(block->start);
  }

  // The block of malloc that a word points at, even an object's.
  bool FindInHeap(uintptr_t word, NativeBlock* block) const {
    return heap_.Find(word, block);
  }

  // The block that begins at an address.
  bool FindStart(uintptr_t start, NativeBlock* block) {
    return FindAny(start, block) && block->start == start;
  }

  // Adds a block, unless it was added before.
  void Reach(const NativeBlock& block) {
    found_.Reach(reinterpret_cast<PyObject*>(block.start));
  }

  // True if Reach was called for it.
  bool IsReached(uintptr_t start) { return found_.Contains(start); }

  // Gives blocks of malloc's heaps numbers (see MallocHeap).
  bool Number() { return heap_.Number(); }
  uint32_t num_numbers() const { return heap_.num_numbers(); }
  uint32_t NumberOf(uintptr_t start) const { return heap_.NumberOf(start); }
  uint32_t NumberAt(uintptr_t word) const { return heap_.NumberAt(word); }
  NativeBlock BlockOf(uint32_t number) const { return heap_.BlockOf(number); }

  // Takes the next block to write.  False if there is none left.
  bool TakeNext(NativeBlock* block) {
    PyObject* start = found_.TakeNext();
    return start != nullptr &&
           FindAny(reinterpret_cast<uintptr_t>(start), block);
  }

  // Where malloc's own variables are.
  uintptr_t variables_start() const { return heap_.variables_start(); }
  uintptr_t variables_end() const { return heap_.variables_end(); }

  bool IsMapped(uintptr_t start, size_t bytes) const {
    return heap_.IsMapped(start, bytes);
  }
  bool IsPrivate(uintptr_t start, size_t bytes) const {
    return heap_.IsPrivate(start, bytes);
  }

  // True if an object can begin here.
  bool IsObjectPlace(uintptr_t address) {
    return heapgrind::IsObjectPlace(address, heap_, &pools_);
  }

  // 0, or the errno of what has failed.
  int error() const {
    return claimed_.out_of_memory() ? ENOMEM : found_.error();
  }

 private:
  static int IsReadable(const void* heap, uintptr_t start, size_t bytes) {
    return static_cast<const MallocHeap*>(heap)->IsMapped(start, bytes);
  }

  // Nothing stands in front of what Python's allocator hands out.
  bool FindAny(uintptr_t word, NativeBlock* block) {
    return heap_.Find(word, block) ||
           (pools_.FindAround(word, block) && block->start == word);
  }

  bool is_known_ = false;
  MallocHeap heap_;
  PoolBlocks pools_{heap_};
  VisitedSet claimed_;
  Frontier found_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_NATIVE_NATIVE_BLOCKS_H_
