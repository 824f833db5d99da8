// Where the bytes of a dump come from: a file, a decompressor, a test's string.

#ifndef HEAPGRIND_CONVERTER_FILES_BYTE_SOURCE_H_
#define HEAPGRIND_CONVERTER_FILES_BYTE_SOURCE_H_

#include <cstddef>
#include <cstdint>

#include "absl/status/statusor.h"

namespace heapgrind {

class ByteSource {
 public:
  virtual ~ByteSource() = default;

  // Fills the front of `buffer` with the next bytes, at most `capacity`, and
  // returns how many: 0 only at the end.  Errors name the file and say what was
  // expected of it; after one the source must not be read again.
  virtual absl::StatusOr<size_t> Read(char* buffer, size_t capacity) = 0;

  // How far the file is read, in bytes of the file (compressed, if it is).
  virtual uint64_t position() const = 0;

  // Bytes of the whole file; 0 if unknown, as for a pipe.
  virtual uint64_t total_size() const = 0;

  // Whether the data ended before its own end mark.  Settled once Read has
  // returned 0.
  virtual bool is_cut_off() const { return false; }
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_FILES_BYTE_SOURCE_H_
