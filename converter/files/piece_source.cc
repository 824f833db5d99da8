#include "converter/files/piece_source.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace heapgrind {

absl::StatusOr<std::unique_ptr<PieceSource>> PieceSource::Open(
    const std::string& path, uint64_t num_pieces, size_t piece_size) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status;
  if (descriptor < 0 || fstat(descriptor, &status) != 0) {
    const std::string reason = strerror(errno);
    if (descriptor >= 0) close(descriptor);
    return absl::UnavailableError(
        absl::StrCat(path, ": expected a heap dump, got \"", reason, "\""));
  }
  const uint64_t size = static_cast<uint64_t>(status.st_size);
  return std::unique_ptr<PieceSource>(
      size <= num_pieces * piece_size
          ? new PieceSource(descriptor, size, 1, size)
          : new PieceSource(descriptor, size, num_pieces, piece_size));
}

PieceSource::PieceSource(int descriptor, uint64_t file_size,
                         uint64_t num_pieces, size_t piece_size)
    : descriptor_(descriptor),
      file_size_(file_size),
      is_whole_(file_size == piece_size),
      num_pieces_(num_pieces),
      piece_size_(piece_size) {}

PieceSource::~PieceSource() { close(descriptor_); }

absl::StatusOr<size_t> PieceSource::Read(char* buffer, size_t capacity) {
  while (rest_.empty()) {
    if (!NextPiece()) return 0;
  }
  const size_t count = std::min(capacity, rest_.size());
  std::memcpy(buffer, rest_.data(), count);
  rest_.remove_prefix(count);
  bytes_handed_out_ += count;
  return count;
}

// Reads a piece and cuts it; whether there was another.
bool PieceSource::NextPiece() {
  if (next_piece_ == num_pieces_) return false;
  const uint64_t distance = file_size_ / num_pieces_;
  const uint64_t offset = next_piece_ * distance;
  piece_.resize(piece_size_);
  const ssize_t count = pread(descriptor_, piece_.data(), piece_size_,
                              static_cast<off_t>(offset));
  piece_.resize(count < 0 ? 0 : static_cast<size_t>(count));
  rest_ = piece_;
  if (!is_whole_) {
    rest_ = rest_.substr(0, rest_.rfind('\n') + 1);
    if (next_piece_ > 0) rest_.remove_prefix(rest_.find('\n') + 1);
  }
  ++next_piece_;
  return true;
}

}  // namespace heapgrind
