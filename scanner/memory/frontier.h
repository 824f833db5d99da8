// What the scan has found and not yet visited: a short stack, and what does
// not fit into it as bits of the visited set; or both in files.

#ifndef HEAPGRIND_SCANNER_MEMORY_FRONTIER_H_
#define HEAPGRIND_SCANNER_MEMORY_FRONTIER_H_

#include <errno.h>

#include <cstddef>
#include <cstdint>

#include "memory/address_file.h"
#include "cpython/compat.h"
#include "memory/visited_set.h"

namespace heapgrind {

class Frontier {
 public:
  // From now on keeps all in files.  Returns 0 or an errno.
  int UseFiles() {
    uses_files_ = true;
    return files_.Open();
  }

  // Adds an object, unless it was added or passed over before.
  void Reach(PyObject* object) {
    const uintptr_t address = reinterpret_cast<uintptr_t>(object);
    if (!Insert(address)) return;
    if (uses_files_) {
      files_.Push(address);
    } else if (stack_size_ < kStackSize) {
      stack_[stack_size_++] = address;
    } else {
      visited_.Postpone(address);
    }
  }

  // Says that `address` is or will be dealt with elsewhere.  False if that had
  // been said before.
  bool PassOver(const void* address) {
    return Insert(reinterpret_cast<uintptr_t>(address));
  }

  // Says whether an address was added or passed over.
  bool Contains(uintptr_t address) {
    return uses_files_ ? files_.Contains(address) : visited_.Contains(address);
  }

  // Takes the next object to visit; null if there is none left.
  PyObject* TakeNext() {
    const uintptr_t address = uses_files_       ? files_.Take()
                              : stack_size_ > 0 ? stack_[--stack_size_]
                                                : visited_.TakePostponed();
    return reinterpret_cast<PyObject*>(address);
  }

  // Adds the descriptors of the files.
  void AddDescriptors(DescriptorList* list) const {
    files_.AddDescriptors(list);
  }

  // 0, or the errno of what has failed.
  int error() const {
    return visited_.out_of_memory() ? ENOMEM : files_.error();
  }

 private:
  static constexpr size_t kStackSize = 2048;

  bool Insert(uintptr_t address) {
    return uses_files_ ? files_.Insert(address) : visited_.Insert(address);
  }

  bool uses_files_ = false;
  size_t stack_size_ = 0;
  // Only one of both ways is used; memory never written costs nothing.
  uintptr_t stack_[kStackSize];
  VisitedSet visited_;
  AddressFile files_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_MEMORY_FRONTIER_H_
