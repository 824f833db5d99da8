#include "converter/files/zstd_source.h"

#include <zstd_errors.h>

#include <utility>

#include "absl/strings/str_cat.h"

namespace heapgrind {
namespace {

constexpr size_t kInputSize = 256 * 1024;  // Bytes.

constexpr absl::string_view kHintAboutWindow =
    "\nhint: only windows of up to 128 MiB are read; try zstd -dc --long=31 "
    "FILE | {program} -";

// Whether the data asks for more memory than zstd(1), too, gives without being
// asked.
bool IsTooWide(size_t result) {
  return ZSTD_getErrorCode(result) == ZSTD_error_frameParameter_windowTooLarge;
}

}  // namespace

bool ZstdSource::IsZstd(absl::string_view first_bytes) {
  return first_bytes.substr(0, 4) == "\x28\xb5\x2f\xfd";
}

ZstdSource::ZstdSource(absl::string_view name,
                       std::unique_ptr<ByteSource> compressed)
    : name_(name),
      compressed_(std::move(compressed)),
      input_bytes_(new char[kInputSize]),
      stream_(ZSTD_createDStream()) {}

ZstdSource::~ZstdSource() { ZSTD_freeDStream(stream_); }

absl::StatusOr<size_t> ZstdSource::Read(char* buffer, size_t capacity) {
  if (stream_ == nullptr) {
    return absl::ResourceExhaustedError(
        absl::StrCat(name_, ": expected memory for zstd, got none"));
  }
  ZSTD_outBuffer output = {buffer, capacity, 0};
  while (output.pos == 0 && capacity > 0 && status_.ok()) {
    if (input_.pos == input_.size && !has_more_output_) {
      absl::StatusOr<bool> has_input = RefillInput();
      if (!has_input.ok()) return has_input.status();
      if (!*has_input) {
        is_cut_off_ = is_inside_frame_;
        break;
      }
    }
    DecompressSome(&output);
  }
  if (output.pos == 0 && !status_.ok()) return status_;
  bytes_handed_out_ += output.pos;
  return output.pos;
}

// Returns whether there is more input.
absl::StatusOr<bool> ZstdSource::RefillInput() {
  absl::StatusOr<size_t> count =
      compressed_->Read(input_bytes_.get(), kInputSize);
  if (!count.ok()) return count.status();
  input_ = {input_bytes_.get(), *count, 0};
  return *count > 0;
}

void ZstdSource::DecompressSome(ZSTD_outBuffer* output) {
  const size_t result = ZSTD_decompressStream(stream_, output, &input_);
  if (ZSTD_isError(result)) {
    status_ = absl::InvalidArgumentError(absl::StrCat(
        name_, ": expected zstd data, got \"", ZSTD_getErrorName(result),
        "\" after ", bytes_handed_out_ + output->pos, " decompressed bytes",
        IsTooWide(result) ? kHintAboutWindow : ""));
    return;
  }
  is_inside_frame_ = result != 0;
  has_more_output_ = is_inside_frame_ && output->pos == output->size;
}

}  // namespace heapgrind
