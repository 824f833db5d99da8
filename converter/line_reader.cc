#include "converter/line_reader.h"

#include <cstring>

namespace heapgrind {

LineReader::LineReader(ByteSource* source, size_t buffer_size)
    : source_(source), buffer_(buffer_size) {}

absl::StatusOr<bool> LineReader::Next() {
  for (;;) {
    const char* const data = buffer_.data();
    const void* const newline =
        std::memchr(data + scanned_, '\n', end_ - scanned_);
    ends_with_newline_ = newline != nullptr;
    if (ends_with_newline_ || (is_at_end_ && begin_ < end_)) {
      const size_t line_end =
          ends_with_newline_ ? static_cast<const char*>(newline) - data : end_;
      line_ = absl::string_view(data + begin_, line_end - begin_);
      begin_ = scanned_ = ends_with_newline_ ? line_end + 1 : end_;
      ++line_number_;
      return true;
    }
    if (is_at_end_) return false;
    scanned_ = end_;
    if (absl::Status status = Refill(); !status.ok()) return status;
  }
}

// Appends to the line that the buffer ends with, after making room for more:
// at the front if that is enough, else by doubling.
absl::Status LineReader::Refill() {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
    scanned_ -= begin_;
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == buffer_.size()) buffer_.resize(2 * buffer_.size());
  absl::StatusOr<size_t> count =
      source_->Read(buffer_.data() + end_, buffer_.size() - end_);
  if (!count.ok()) return count.status();
  is_at_end_ = *count == 0;
  end_ += *count;
  return absl::OkStatus();
}

}  // namespace heapgrind
