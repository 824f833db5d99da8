// Which bytes of memory were counted already, where several objects show the
// same.
//
// Ranges that do not overlap, in the order of their addresses: a look-up is a
// binary search, an insertion moves what lies behind.  Neighbours are joined,
// so that few remain; blocks of malloc, too, with the few bytes between them,
// which nobody shows.

#ifndef HEAPGRIND_SCANNER_MEMORY_COUNTED_RANGES_H_
#define HEAPGRIND_SCANNER_MEMORY_COUNTED_RANGES_H_

#include <cstddef>
#include <cstdint>

#include "memory/mapped_array.h"

namespace heapgrind {

class CountedRanges {
 public:
  // Receives bytes that were absent.
  using Visit = void (*)(void* context, uintptr_t start, size_t bytes);

  // Adds `bytes` bytes from `start` on, and visits those of them that were
  // absent, in pieces.  Out of memory, it forgets the range.
  void Add(uintptr_t start, size_t bytes, Visit visit, void* context);

  // How many of these bytes were added.
  size_t Count(uintptr_t start, size_t bytes) const;

 private:
  struct Range {
    uintptr_t start;
    uintptr_t end;
  };

  // Bytes: malloc's header and rounding.
  static constexpr uintptr_t kGap = 64;

  size_t FirstEndingFrom(uintptr_t address) const;
  void Replace(size_t first, size_t last, const Range& range);

  MappedArray<Range> ranges_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_MEMORY_COUNTED_RANGES_H_
