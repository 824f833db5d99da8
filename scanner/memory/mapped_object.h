// One object in a mapping of its own, which is zero at first: pages that were
// never written cost nothing.

#ifndef HEAPGRIND_SCANNER_MEMORY_MAPPED_OBJECT_H_
#define HEAPGRIND_SCANNER_MEMORY_MAPPED_OBJECT_H_

#include <sys/mman.h>

#include <new>

#include "memory/mapped_array.h"

namespace heapgrind {

template <typename T>
class MappedObject {
 public:
  MappedObject() = default;
  MappedObject(const MappedObject&) = delete;
  MappedObject& operator=(const MappedObject&) = delete;
  ~MappedObject() {
    if (object_ == nullptr) return;
    object_->~T();
    munmap(object_, sizeof(T));
  }

  // Makes it, once.  Null if there is no memory left.
  template <typename... Arguments>
  T* Make(Arguments... arguments) {
    void* memory = MapBytes(sizeof(T));
    if (memory == nullptr) return nullptr;
    if constexpr (sizeof...(arguments) == 0) {
      object_ = new (memory) T;  // With () it would write zeros all over.
    } else {
      object_ = new (memory) T(arguments...);
    }
    return object_;
  }

  // Null if it was not made.
  T* get() const { return object_; }

 private:
  T* object_ = nullptr;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_MEMORY_MAPPED_OBJECT_H_
