#include "converter/files/decompressing_source.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace heapgrind {
namespace {

constexpr size_t kInputSize = 256 * 1024;  // Bytes.

}  // namespace

DecompressingSource::DecompressingSource(absl::string_view name,
                                         std::unique_ptr<ByteSource> compressed,
                                         std::unique_ptr<Codec> codec)
    : name_(name),
      compressed_(std::move(compressed)),
      codec_(std::move(codec)),
      buffer_(new char[kInputSize]) {}

absl::StatusOr<size_t> DecompressingSource::Read(char* buffer,
                                                 size_t capacity) {
  if (!codec_->has_memory()) {
    return absl::ResourceExhaustedError(absl::StrCat(
        name_, ": expected memory for ", codec_->library(), ", got none"));
  }
  size_t count = 0;
  while (count == 0 && capacity > 0 && status_.ok()) {
    if (input_.empty() && !codec_->holds_output()) {
      const absl::StatusOr<bool> has_input = RefillInput();
      if (!has_input.ok()) return has_input.status();
      if (!*has_input) {
        is_cut_off_ = codec_->is_inside_piece();
        break;
      }
    }
    count = DecompressSome(buffer, capacity);
  }
  if (count == 0 && !status_.ok()) return status_;
  bytes_handed_out_ += count;
  return count;
}

// Returns whether there is more input.
absl::StatusOr<bool> DecompressingSource::RefillInput() {
  const absl::StatusOr<size_t> count =
      compressed_->Read(buffer_.get(), kInputSize);
  if (!count.ok()) return count.status();
  input_ = {buffer_.get(), *count};
  return *count > 0;
}

size_t DecompressingSource::DecompressSome(char* buffer, size_t capacity) {
  const Codec::Step step = codec_->Decompress(input_, buffer, capacity);
  input_.remove_prefix(step.taken);
  if (step.is_faulty) {
    status_ = absl::InvalidArgumentError(
        absl::StrCat(name_, ": expected ", codec_->format(), " data, got \"",
                     step.fault, "\" after ", bytes_handed_out_ + step.written,
                     " decompressed bytes", step.hint));
  }
  return step.written;
}

}  // namespace heapgrind
