// Sizes of objects in 4 bytes each, and a table of the few that need more.

#ifndef HEAPGRIND_CONVERTER_BASE_BYTE_SIZES_H_
#define HEAPGRIND_CONVERTER_BASE_BYTE_SIZES_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "converter/base/fetch_ahead.h"

namespace heapgrind {

class ByteSizes {
 public:
  // Sizes from here on are in the table.
  static constexpr uint32_t kLarge = UINT32_MAX;

  ByteSizes() = default;

  // `num_objects` sizes of 0.
  explicit ByteSizes(size_t num_objects) : small_(num_objects) {}

  size_t size() const { return small_.size(); }

  // Bytes.
  uint64_t operator[](size_t object) const {
    const uint32_t size = small_[object];
    return size != kLarge ? size : large_.find(object)->second;
  }

  // Fetches what operator[] needs.
  void Prefetch(size_t object) const { FetchAhead(small_.data() + object); }

  void Set(size_t object, uint64_t bytes) {
    small_[object] = bytes < kLarge ? static_cast<uint32_t>(bytes) : kLarge;
    if (bytes >= kLarge) large_[object] = bytes;
  }

  // Sets a size that is not large.  Threads can do so at once for different
  // objects.
  void SetSmall(size_t object, uint32_t bytes) { small_[object] = bytes; }

 private:
  std::vector<uint32_t> small_;
  absl::flat_hash_map<size_t, uint64_t> large_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_BASE_BYTE_SIZES_H_
