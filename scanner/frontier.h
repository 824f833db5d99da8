// What the scan has found and not yet visited: a short stack, and what does
// not fit into it as bits of the visited set.

#ifndef HEAPGRIND_SCANNER_FRONTIER_H_
#define HEAPGRIND_SCANNER_FRONTIER_H_

#include <cstddef>
#include <cstdint>

#include "cpython/compat.h"
#include "visited_set.h"

namespace heapgrind {

class Frontier {
 public:
  // Adds an object, unless it was added or passed over before.
  void Reach(PyObject* object) {
    const uintptr_t address = reinterpret_cast<uintptr_t>(object);
    if (!visited_.Insert(address)) return;
    if (stack_size_ < kStackSize) {
      stack_[stack_size_++] = address;
    } else {
      visited_.Postpone(address);
    }
  }

  // Says that `address` is or will be dealt with elsewhere.  False if that had
  // been said before.
  bool PassOver(const void* address) {
    return visited_.Insert(reinterpret_cast<uintptr_t>(address));
  }

  // Takes the next object to visit; null if there is none left.
  PyObject* TakeNext() {
    const uintptr_t address =
        stack_size_ > 0 ? stack_[--stack_size_] : visited_.TakePostponed();
    return reinterpret_cast<PyObject*>(address);
  }

  bool out_of_memory() const { return visited_.out_of_memory(); }

 private:
  static constexpr size_t kStackSize = 2048;

  uintptr_t stack_[kStackSize];
  size_t stack_size_ = 0;
  VisitedSet visited_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_FRONTIER_H_
