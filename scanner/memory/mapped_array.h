// An array that grows, in memory of its own.
//
// The scanner must not disturb the heap that it describes, and must give back
// what it took: the elements live in an anonymous mapping, not in malloc's
// memory.  Pages that were never written cost nothing.

#ifndef HEAPGRIND_SCANNER_MEMORY_MAPPED_ARRAY_H_
#define HEAPGRIND_SCANNER_MEMORY_MAPPED_ARRAY_H_

#include <sys/mman.h>

#include <cstddef>
#include <type_traits>

namespace heapgrind {

// Maps `bytes` zeroed bytes; null where there is no memory left.
inline void* MapBytes(size_t bytes) {
  void* memory = mmap(nullptr, bytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return memory == MAP_FAILED ? nullptr : memory;
}

template <typename T>
class MappedArray {
 public:
  static_assert(std::is_trivially_copyable<T>::value,
                "elements move with mremap");

  MappedArray() = default;
  MappedArray(const MappedArray&) = delete;
  MappedArray& operator=(const MappedArray&) = delete;
  ~MappedArray() { Free(); }

  // Gives its memory back.
  void Free() {
    if (elements_ != nullptr) munmap(elements_, capacity_ * sizeof(T));
    elements_ = nullptr;
    size_ = capacity_ = 0;
  }

  // Makes it have so many zeros.  False if there is no memory left.
  bool Fill(size_t size) {
    Free();
    if (size == 0) return true;
    elements_ = static_cast<T*>(MapBytes(size * sizeof(T)));
    if (elements_ == nullptr) return false;
    size_ = capacity_ = size;
    return true;
  }

  // Returns false, and leaves the array as it is, if there is no memory left.
  bool Append(const T& element) {
    if (size_ == capacity_ && !Grow()) return false;
    elements_[size_++] = element;
    return true;
  }

  // The index of the first element for which `is_that(element)`, or size().
  // It is false for all before that, true for all behind.  Logarithmic time.
  template <typename IsThat>
  size_t FirstThat(const IsThat& is_that) const {
    size_t low = 0;
    for (size_t high = size_; low < high;) {
      const size_t middle = (low + high) / 2;
      if (is_that(elements_[middle])) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  T TakeLast() { return elements_[--size_]; }
  void Clear() { size_ = 0; }
  void Truncate(size_t size) { size_ = size; }  // At most what it has.
  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  T& operator[](size_t index) { return elements_[index]; }
  const T& operator[](size_t index) const { return elements_[index]; }

 private:
  static constexpr size_t kFirstBytes = 4096;

  bool Grow() {
    const size_t old_bytes = capacity_ * sizeof(T);
    const size_t new_bytes = capacity_ == 0 ? kFirstBytes : 2 * old_bytes;
    void* memory = elements_ == nullptr ? MapBytes(new_bytes)
                                        : mremap(elements_, old_bytes,
                                                 new_bytes, MREMAP_MAYMOVE);
    if (memory == nullptr || memory == MAP_FAILED) return false;
    elements_ = static_cast<T*>(memory);
    capacity_ = new_bytes / sizeof(T);
    return true;
  }

  T* elements_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_MEMORY_MAPPED_ARRAY_H_
