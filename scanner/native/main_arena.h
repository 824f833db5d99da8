// Where glibc's malloc keeps what it knows of its heaps: an arena each (glibc,
// malloc/malloc.c, struct malloc_state).
//
//     lock, flags, fastbins (none from 2.43 on)
//     top, last_remainder
//     bins        127 lists in a ring: first, last; an empty one shows itself
//     binmap      16 bytes
//     next        the arenas, in a ring
//     next_free, attached_threads, system_mem, max_system_mem
//
// No symbol says where the main one is.  It is found in the writable data of
// programs by its 127 rings, which nothing else has, and proven by the ring of
// arenas that leads back to it.

#ifndef HEAPGRIND_SCANNER_NATIVE_MAIN_ARENA_H_
#define HEAPGRIND_SCANNER_NATIVE_MAIN_ARENA_H_

#include <cstddef>
#include <cstdint>

#include "native/malloc_chunk.h"
#include "native/memory_areas.h"

namespace heapgrind {

// An arena, by the address of its bins.
class Arena {
 public:
  static constexpr size_t kBins = 127;

  explicit Arena(uintptr_t bins) : bins_(bins) {}

  uintptr_t bins() const { return bins_; }
  uintptr_t top() const { return WordAt(bins_ - 2 * kWordBytes); }
  // The first word behind the fastbins.
  uintptr_t top_field() const { return bins_ - 2 * kWordBytes; }
  // It has never had memory.
  bool is_empty() const { return top() == bins_ - kChunkHeader; }
  // The beginning of the next arena, not of its bins.
  uintptr_t next() const { return WordAt(next_field()); }
  // Bytes that it took from the system.
  uintptr_t system_bytes() const { return WordAt(system_field()); }
  uintptr_t end() const { return system_field() + 2 * kWordBytes; }

 private:
  uintptr_t next_field() const { return bins_ + 2 * kBins * kWordBytes + 16; }
  uintptr_t system_field() const { return next_field() + 3 * kWordBytes; }

  uintptr_t bins_;
};

struct MainArena {
  uintptr_t bins;  // 0: there is none.
  // From the beginning of an arena to its bins, bytes; glibc's versions differ.
  uintptr_t bins_offset;
};

// Looks at the writable data of all programs; of several, the one with the most
// memory is it.
MainArena FindMainArena(const MemoryAreas& areas);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_NATIVE_MAIN_ARENA_H_
