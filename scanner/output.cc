#include "output.h"

#include <errno.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace heapgrind {

void Output::Text(std::string_view text) {
  while (!text.empty()) {
    if (used_ == kBufferBytes) Flush();
    const size_t bytes = std::min(text.size(), kBufferBytes - used_);
    memcpy(buffer_ + used_, text.data(), bytes);
    used_ += bytes;
    text.remove_prefix(bytes);
  }
}

void Output::Byte(char byte) {
  MakeRoom(1);
  buffer_[used_++] = byte;
}

void Output::Number(uint64_t number) {
  MakeRoom(kLongestNumber);
  char* end =
      std::to_chars(buffer_ + used_, buffer_ + kBufferBytes, number).ptr;
  used_ = end - buffer_;
}

void Output::SignedNumber(int64_t number) {
  MakeRoom(kLongestNumber);
  char* end =
      std::to_chars(buffer_ + used_, buffer_ + kBufferBytes, number).ptr;
  used_ = end - buffer_;
}

void Output::Real(double number) {
  MakeRoom(kLongestNumber);
  char* end =
      std::to_chars(buffer_ + used_, buffer_ + kBufferBytes, number).ptr;
  used_ = end - buffer_;
}

void Output::Flush() {
  const char* from = buffer_;
  size_t left = used_;
  flushed_ += used_;
  used_ = 0;
  while (left > 0 && error_ == 0) {
    const ssize_t written = write(fd_, from, left);
    if (written > 0) {
      from += written;
      left -= written;
    } else if (written < 0 && errno != EINTR) {
      error_ = errno;
    }
  }
}

}  // namespace heapgrind
