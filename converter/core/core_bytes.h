// The bytes of a core file, wherever they come from.
//
// A regular file that is not compressed is read where it is.  All else (a pipe,
// gzip or zstd data) goes to a temporary file first, without a name, whose
// pages of zeros are holes.

#ifndef HEAPGRIND_CONVERTER_CORE_CORE_BYTES_H_
#define HEAPGRIND_CONVERTER_CORE_CORE_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

#include "absl/status/statusor.h"
#include "converter/base/progress.h"
#include "converter/outside/descriptor.h"

namespace heapgrind {

class CoreBytes {
 public:
  CoreBytes(Descriptor descriptor, uint64_t size, uint64_t time)
      : descriptor_(std::move(descriptor)), size_(size), time_(time) {}

  int descriptor() const { return descriptor_.get(); }
  uint64_t size() const { return size_; }
  // When the core was written, or else read: seconds since 1970.
  uint64_t time() const { return time_; }

  // Whether there are `size` bytes at `offset`, and they could be read.
  bool Read(uint64_t offset, void* to, size_t size) const;

  template <typename T>
  bool Read(uint64_t offset, T* value) const {
    return Read(offset, value, sizeof *value);
  }

 private:
  Descriptor descriptor_;
  uint64_t size_;
  uint64_t time_;
};

// Whether there are only zeros; `size` is not 0.
bool IsZero(const char* bytes, size_t size);

// Opens the core at `path`, "-" for standard input.
//
// Errors: those of OpenDumpSource; Unavailable: the file cannot be read, or
// there is no room for the temporary file, in $TMPDIR or /var/tmp.  Data that
// is cut off is taken as far as it goes.
absl::StatusOr<CoreBytes> OpenCore(const std::string& path, Progress* progress);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CORE_CORE_BYTES_H_
