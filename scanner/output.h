// Text to a file descriptor, through one buffer and write(2).
//
// Errors are kept and reported at the end: after the first one all output is
// dropped, so that callers need not test after each word.

#ifndef HEAPGRIND_SCANNER_OUTPUT_H_
#define HEAPGRIND_SCANNER_OUTPUT_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace heapgrind {

class Output {
 public:
  // Writes to `fd`, which stays open and the caller's.
  explicit Output(int fd) : fd_(fd) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void Text(std::string_view text);
  void Byte(char byte);
  void Number(uint64_t number);
  void SignedNumber(int64_t number);
  // A finite number in the shortest form that reads back as itself.
  void Real(double number);

  // Writes out what the buffer holds.
  void Flush();

  // errno of the first write that failed; 0 if none did.
  int error() const { return error_; }
  // Bytes accepted so far.
  uint64_t bytes() const { return flushed_ + used_; }

 private:
  static constexpr size_t kBufferBytes = size_t{1} << 16;
  static constexpr size_t kLongestNumber = 32;

  // Makes room for `bytes` <= kLongestNumber bytes.
  void MakeRoom(size_t bytes) {
    if (kBufferBytes - used_ < bytes) Flush();
  }

  int fd_;
  int error_ = 0;
  size_t used_ = 0;
  uint64_t flushed_ = 0;
  char buffer_[kBufferBytes];
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_OUTPUT_H_
