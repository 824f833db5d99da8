#include "converter/files/gzip_source.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"

namespace heapgrind {
namespace {

constexpr size_t kInputSize = 256 * 1024;  // Bytes.

// zlib: a window of up to 2^15 bytes, and 16 for "a gzip header is expected".
constexpr int kGzipWindow = 15 + 16;

}  // namespace

bool GzipSource::IsGzip(absl::string_view first_bytes) {
  return first_bytes.substr(0, 2) == "\x1f\x8b";
}

GzipSource::GzipSource(absl::string_view name,
                       std::unique_ptr<ByteSource> compressed)
    : name_(name),
      compressed_(std::move(compressed)),
      input_(new char[kInputSize]) {
  start_result_ = inflateInit2(&stream_, kGzipWindow);
}

GzipSource::~GzipSource() { inflateEnd(&stream_); }

absl::StatusOr<size_t> GzipSource::Read(char* buffer, size_t capacity) {
  if (start_result_ != Z_OK) {
    return absl::ResourceExhaustedError(
        absl::StrCat(name_, ": expected memory for zlib, got none"));
  }
  capacity = std::min<size_t>(capacity, std::numeric_limits<uInt>::max());
  stream_.next_out = reinterpret_cast<Bytef*>(buffer);
  stream_.avail_out = static_cast<uInt>(capacity);
  while (stream_.avail_out == capacity && capacity > 0 && status_.ok()) {
    if (stream_.avail_in == 0) {
      absl::StatusOr<bool> has_input = RefillInput();
      if (!has_input.ok()) return has_input.status();
      if (!*has_input) {
        is_cut_off_ = is_inside_member_;
        break;
      }
    }
    if (!is_inside_member_ && !StartNextMember()) continue;
    InflateSome();
  }
  const size_t count = capacity - stream_.avail_out;
  if (count == 0 && !status_.ok()) return status_;
  bytes_handed_out_ += count;
  return count;
}

// Returns whether there is more input.
absl::StatusOr<bool> GzipSource::RefillInput() {
  absl::StatusOr<size_t> count = compressed_->Read(input_.get(), kInputSize);
  if (!count.ok()) return count.status();
  stream_.next_in = reinterpret_cast<Bytef*>(input_.get());
  stream_.avail_in = static_cast<uInt>(*count);
  return *count > 0;
}

// Skips the zero bytes that may follow a member; returns whether another
// begins.
bool GzipSource::StartNextMember() {
  while (stream_.avail_in > 0 && *stream_.next_in == 0) {
    ++stream_.next_in;
    --stream_.avail_in;
  }
  if (stream_.avail_in == 0) return false;
  inflateReset(&stream_);
  is_inside_member_ = true;
  return true;
}

void GzipSource::InflateSome() {
  const Bytef* const out = stream_.next_out;
  const int result = inflate(&stream_, Z_NO_FLUSH);
  if (result == Z_STREAM_END) is_inside_member_ = false;
  if (result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR) return;
  const char* const reason = stream_.msg == nullptr ? "" : stream_.msg;
  status_ = absl::InvalidArgumentError(absl::StrCat(
      name_, ": expected gzip data, got \"", reason, "\" after ",
      bytes_handed_out_ + (stream_.next_out - out), " decompressed bytes"));
}

}  // namespace heapgrind
