// Cuts a text into lines of any length.
//
// The text passes through one buffer that grows to the longest line, so memory
// is bounded by that and not by the text.

#ifndef HEAPGRIND_CONVERTER_LINE_READER_H_
#define HEAPGRIND_CONVERTER_LINE_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "converter/byte_source.h"

namespace heapgrind {

class LineReader {
 public:
  // Reads from `source`, which must outlive the reader.  `buffer_size`, in
  // bytes, at least 1, is how much is asked for at once.
  explicit LineReader(ByteSource* source, size_t buffer_size = 1 << 20);

  // Goes on to the next line; false at the end of the text.  Errors are those
  // of the source.
  absl::StatusOr<bool> Next();

  // The line, without its newline.  Valid until Next is called.
  absl::string_view line() const { return line_; }

  // The number of the line; the first is 1.
  uint64_t line_number() const { return line_number_; }

  // False only for a last line that the text ends in the middle of, perhaps.
  bool ends_with_newline() const { return ends_with_newline_; }

 private:
  absl::Status Refill();
  void MakeRoom();

  ByteSource* const source_;
  std::unique_ptr<char[]>
      buffer_;  // Uninitialized: untouched pages cost nothing.
  size_t capacity_;
  size_t begin_ = 0;    // Of the next line, in the buffer.
  size_t scanned_ = 0;  // There is no newline between begin_ and this.
  size_t end_ = 0;      // Of what was read.
  bool is_at_end_ = false;
  absl::string_view line_;
  uint64_t line_number_ = 0;
  bool ends_with_newline_ = false;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LINE_READER_H_
