// A source whose first bytes can be looked at before they are read.

#ifndef HEAPGRIND_CONVERTER_DUMP_BEGUN_SOURCE_H_
#define HEAPGRIND_CONVERTER_DUMP_BEGUN_SOURCE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "converter/files/byte_source.h"

namespace heapgrind {

class BegunSource : public ByteSource {
 public:
  // Reads the beginning of `source`, which must outlive this.
  explicit BegunSource(ByteSource* source) : source_(*source) {
    size_t count = 1;
    while (num_read_ < sizeof(buffer_) && count > 0) {
      const absl::StatusOr<size_t> read =
          source_.Read(buffer_ + num_read_, sizeof(buffer_) - num_read_);
      status_ = read.status();
      count = read.ok() ? *read : 0;
      num_read_ += count;
    }
    is_at_end_ = count == 0;
  }

  // The first bytes, or all that there are before the end or an error.
  absl::string_view beginning() const { return {buffer_, num_read_}; }

  absl::StatusOr<size_t> Read(char* buffer, size_t capacity) override {
    if (num_given_ < num_read_) {
      const size_t count = std::min(capacity, num_read_ - num_given_);
      std::memcpy(buffer, buffer_ + num_given_, count);
      num_given_ += count;
      return count;
    }
    if (!status_.ok()) return status_;
    return is_at_end_ ? 0 : source_.Read(buffer, capacity);
  }
  uint64_t position() const override { return source_.position(); }
  uint64_t total_size() const override { return source_.total_size(); }
  bool is_cut_off() const override { return source_.is_cut_off(); }

 private:
  ByteSource& source_;
  char buffer_[64];
  size_t num_read_ = 0;   // From the source.
  size_t num_given_ = 0;  // Of these.
  bool is_at_end_ = false;
  absl::Status status_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_BEGUN_SOURCE_H_
