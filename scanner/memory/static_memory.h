// Which objects are a part of a program file or library, and so allocated by
// nobody: static types, and from Python 3.11 on small integers, code of frozen
// modules, and many strings.

#ifndef HEAPGRIND_SCANNER_MEMORY_STATIC_MEMORY_H_
#define HEAPGRIND_SCANNER_MEMORY_STATIC_MEMORY_H_

#include <cstddef>
#include <cstdint>

#include "memory/mapped_array.h"

struct dl_phdr_info;

namespace heapgrind {

class StaticMemory {
 public:
  // Asks the dynamic linker what is loaded now.
  StaticMemory();

  bool Contains(const void* address) {
    const uintptr_t number = reinterpret_cast<uintptr_t>(address);
    // Most objects lie in the same gap between two libraries.
    if (number - gap_start_ < gap_bytes_) return false;
    return Search(number);
  }

 private:
  struct Segment {
    uintptr_t start;
    uintptr_t end;
  };

  static int AddLibrary(struct dl_phdr_info* library, size_t, void* self);
  bool Search(uintptr_t address);

  MappedArray<Segment> segments_;  // In any order.
  uintptr_t gap_start_ = 0;
  uintptr_t gap_bytes_ = 0;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_MEMORY_STATIC_MEMORY_H_
