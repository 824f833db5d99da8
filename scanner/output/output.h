// Text to a file descriptor, through one buffer and write(2).
//
// Errors are kept and reported at the end: after the first one all output is
// dropped, so that callers need not test after each word.

#ifndef HEAPGRIND_SCANNER_OUTPUT_OUTPUT_H_
#define HEAPGRIND_SCANNER_OUTPUT_OUTPUT_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "output/compressor.h"
#include "output/number_text.h"
#include "output/open_json.h"

namespace heapgrind {

class Output {
 public:
#ifdef HEAPGRIND_BLOB
  // Where records are taken back, most of them fit.  Of pages that were never
  // written there are none.
  static constexpr size_t kBufferBytes = size_t{1} << 24;
#else
  static constexpr size_t kBufferBytes = size_t{1} << 16;
#endif

  // Writes to `fd`, which stays open and the caller's, through `buffer_bytes`
  // of memory, at most kBufferBytes; to nowhere if `fd` is negative.
  // Compresses with `compressor` unless that is null.  `max_bytes`: what
  // RoomLeft goes by; 0: any number.  `gives_back`: the page cache of what was
  // written is given back meanwhile, which waits for the disk.
  Output(int fd, size_t buffer_bytes, Compressor* compressor,
         uint64_t max_bytes, bool gives_back)
      : fd_(fd),
        buffer_bytes_(buffer_bytes),
        compressor_(compressor),
        max_bytes_(max_bytes),
        gives_back_(gives_back) {}
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  void Text(std::string_view text) {
    if (text.empty()) return;  // It may be nowhere.
    if (buffer_bytes_ - used_ < text.size()) return TextInPieces(text);
    memcpy(buffer_ + used_, text.data(), text.size());
    used_ += text.size();
  }
  void Byte(char byte) {
    MakeRoom(1);
    buffer_[used_++] = byte;
  }
  void Number(uint64_t number) {
    MakeRoom(kLongestNumber);
    used_ = numbers_.Write(number, buffer_ + used_) - buffer_;
  }
  void SignedNumber(int64_t number);
  // A finite number in the shortest form that reads back as itself.
  void Real(double number);

  // All so far stays.  To be called between two lines.
  void Keep() {
    if (used_ >= kFlushBytes) Flush();
    kept_ = used_;
    open_ = OpenJson();
    is_broken_ = false;
  }

  // Takes back what was written since Keep, and returns true; or, if the buffer
  // was too small for it, ends the line.
  bool TakeBack();

  // Writes out what the buffer holds.
  void Flush();
  // The same for the end of the dump.
  void Finish();

  // Bytes of text that can be added so that the file does not grow beyond the
  // limit, with some left for the end of the dump.
  uint64_t RoomLeft() const {
    if (max_bytes_ == 0) return UINT64_MAX;
    const uint64_t held = compressor_ == nullptr ? 0 : kHeldByCompressor;
    const uint64_t taken = written_ + used_ + held + kEnd;
    return taken < max_bytes_ ? max_bytes_ - taken : 0;
  }

  // errno of the first write that failed (EINTR: it was interrupted), EIO if
  // the compressor did; 0 if none failed.
  int error() const { return error_; }
  // Bytes accepted so far, not compressed.
  uint64_t bytes() const { return flushed_ + used_; }

 private:
  static constexpr size_t kLongestNumber = NumberText::kMostBytes;
  static constexpr size_t kFlushBytes = size_t{1} << 16;
  static constexpr uint64_t kEnd = 4096;
  static constexpr uint64_t kMostCached = uint64_t{4} << 20;
  // What a compressor may have taken and not given out yet; zlib.h: less than
  // two windows and a buffer of codes.
  static constexpr uint64_t kHeldByCompressor = 1 << 18;

  // Makes room for `bytes` <= kLongestNumber bytes.
  void MakeRoom(size_t bytes) {
    if (buffer_bytes_ - used_ < bytes) Flush();
  }
  void TextInPieces(std::string_view text);
  void WriteOut(const char* from, size_t bytes, bool is_last);
  void WriteAll(const char* from, size_t bytes);
  void GiveBackCache(uint64_t least_bytes);

  const int fd_;
  const size_t buffer_bytes_;
  Compressor* const compressor_;
  const uint64_t max_bytes_;
  const bool gives_back_;
  int error_ = 0;
  size_t used_ = 0;
  size_t kept_ = 0;         // Of the buffer.
  bool is_broken_ = false;  // A part of the line was flushed:
  OpenJson open_;           // this one.
  uint64_t flushed_ = 0;
  uint64_t written_ = 0;     // To the file, compressed or not.
  uint64_t given_back_ = 0;  // Of these.
  NumberText numbers_;
  char buffer_[kBufferBytes];
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_OUTPUT_OUTPUT_H_
