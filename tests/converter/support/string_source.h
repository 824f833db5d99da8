// A ByteSource that holds its bytes in memory, for tests.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_STRING_SOURCE_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_STRING_SOURCE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

#include "converter/files/byte_source.h"

namespace heapgrind {

class StringSource : public ByteSource {
 public:
  // Hands out at most `chunk_size` bytes at once.
  explicit StringSource(std::string bytes,
                        size_t chunk_size = static_cast<size_t>(-1))
      : bytes_(std::move(bytes)), chunk_size_(chunk_size) {}

  absl::StatusOr<size_t> Read(char* buffer, size_t capacity) override {
    const size_t count =
        std::min({capacity, chunk_size_, bytes_.size() - position_});
    std::memcpy(buffer, bytes_.data() + position_, count);
    position_ += count;
    return count;
  }
  uint64_t position() const override { return position_; }
  uint64_t total_size() const override { return bytes_.size(); }

 private:
  const std::string bytes_;
  const size_t chunk_size_;
  size_t position_ = 0;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_STRING_SOURCE_H_
