#include "output/output.h"

#include <errno.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstring>

#include "surroundings.h"

namespace heapgrind {

void Output::TextInPieces(std::string_view text) {
  while (!text.empty()) {
    if (used_ == buffer_bytes_) Flush();
    const size_t bytes = std::min(text.size(), buffer_bytes_ - used_);
    memcpy(buffer_ + used_, text.data(), bytes);
    used_ += bytes;
    text.remove_prefix(bytes);
  }
}

void Output::SignedNumber(int64_t number) {
  const uint64_t bits = static_cast<uint64_t>(number);
  if (number < 0) Byte('-');
  Number(number < 0 ? 0 - bits : bits);
}

void Output::Real(double number) {
  MakeRoom(kLongestNumber);
  char* end =
      std::to_chars(buffer_ + used_, buffer_ + buffer_bytes_, number).ptr;
  used_ = end - buffer_;
}

bool Output::TakeBack() {
  if (!is_broken_) {
    used_ = kept_;
    return true;
  }
  open_.Read({buffer_, used_});
  char end[OpenJson::kMostEnd];
  Text({end, open_.End(end)});
  Keep();
  return false;
}

void Output::Flush() {
  const size_t bytes = used_;
  if (used_ > kept_ && !hg_trusts_heap()) {
    open_.Read({buffer_ + kept_, used_ - kept_});
    is_broken_ = true;
  }
  kept_ = 0;
  flushed_ += bytes;
  used_ = 0;
  WriteOut(buffer_, bytes, false);
}

void Output::Finish() {
  Flush();
  WriteOut(buffer_, 0, true);
  GiveBackCache(1);
}

void Output::WriteOut(const char* from, size_t bytes, bool is_last) {
  if (fd_ < 0) return;
  if (compressor_ == nullptr) return WriteAll(from, bytes);
  compressor_->SetInput(from, bytes);
  bool has_more = true;
  while (has_more && error_ == 0) {
    std::string_view piece;
    error_ = compressor_->Compress(is_last, &piece, &has_more);
    WriteAll(piece.data(), piece.size());
  }
}

void Output::WriteAll(const char* from, size_t bytes) {
  while (bytes > 0 && error_ == 0) {
    const ssize_t written = write(fd_, from, bytes);
    if (written > 0) {
      hg_note_progress();
      from += written;
      bytes -= written;
      written_ += written;
    } else if (written < 0 && (errno != EINTR || hg_is_interrupted())) {
      error_ = errno;
    }
  }
  GiveBackCache(kMostCached);
}

void Output::GiveBackCache(uint64_t least_bytes) {
  if (!gives_back_ || written_ - given_back_ < least_bytes) return;
  hg_give_back_cache(fd_);
  given_back_ = written_;
}

}  // namespace heapgrind
