#include "converter/line_reader.h"

#include <cstring>
#include <utility>

namespace heapgrind {

LineReader::LineReader(ByteSource* source, size_t buffer_size)
    : source_(source), buffer_(new char[buffer_size]), capacity_(buffer_size) {}

absl::StatusOr<bool> LineReader::Next() {
  for (;;) {
    const char* const data = buffer_.get();
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

// Appends to the line that the buffer ends with.
absl::Status LineReader::Refill() {
  MakeRoom();
  absl::StatusOr<size_t> count =
      source_->Read(buffer_.get() + end_, capacity_ - end_);
  if (!count.ok()) return count.status();
  is_at_end_ = *count == 0;
  end_ += *count;
  return absl::OkStatus();
}

// Moves that line to the front, of a larger buffer if it fills this one.  A
// line that comes in many small pieces must not be moved for each.
void LineReader::MakeRoom() {
  if (begin_ == 0 && end_ < capacity_) return;
  const size_t size = end_ - begin_;
  if (size < capacity_) {
    std::memmove(buffer_.get(), buffer_.get() + begin_, size);
  } else {
    std::unique_ptr<char[]> larger(new char[2 * capacity_]);
    std::memcpy(larger.get(), buffer_.get() + begin_, size);
    buffer_ = std::move(larger);
    capacity_ *= 2;
  }
  scanned_ -= begin_;
  begin_ = 0;
  end_ = size;
}

}  // namespace heapgrind
