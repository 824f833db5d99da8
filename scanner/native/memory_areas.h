// What of a copy of a process may be read, as it was when the copy was looked
// at: mappings in the order of their addresses, neighbours of a kind as one.
//
// A question costs a binary search.

#ifndef HEAPGRIND_SCANNER_NATIVE_MEMORY_AREAS_H_
#define HEAPGRIND_SCANNER_NATIVE_MEMORY_AREAS_H_

#include <cstddef>
#include <cstdint>

#include "memory/mapped_array.h"
#include "native/page_states.h"
#include "surroundings.h"

namespace heapgrind {

// Memory that may be read, from `start` to before `end`.
struct MemoryArea {
  uintptr_t start;
  uintptr_t end;
  bool is_private;  // And may be written.
  bool is_data;     // That, and of no file: as malloc maps it.
};

class MemoryAreas {
 public:
  // False if the system does not tell, or there is no memory left.
  bool Learn();

  // True if all of the range may be read.
  bool Contains(uintptr_t start, size_t bytes) const {
    return ContainsKind(start, bytes, false);
  }

  // The same of private memory that may be written, as objects are in.  Other
  // memory may fault although it is mapped to be read, as [vvar] does, or a
  // file that has become shorter.
  bool ContainsPrivate(uintptr_t start, size_t bytes) const {
    return ContainsKind(start, bytes, true);
  }

  size_t size() const { return areas_.size(); }
  const MemoryArea& operator[](size_t index) const { return areas_[index]; }

 private:
  static int Add(const hg_mapping* mapping, void* self);
  bool ContainsKind(uintptr_t start, size_t bytes, bool is_private) const;
  void CutOutGuards(size_t index);
  size_t FirstEndingBehind(uintptr_t address) const;

  PageStates pages_;
  MappedArray<MemoryArea> areas_;
  bool is_complete_ = true;
  mutable size_t last_ = 0;  // The area that an answer was found in last.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_NATIVE_MEMORY_AREAS_H_
