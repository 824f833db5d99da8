// Decompresses zstd data while it is read.
//
// A zstd file is a sequence of frames (RFC 8878, 2021, section 3); several that
// follow each other are read as one text, as zstd(1) does.  Data that ends
// inside a frame is what is left of a program that died while it wrote: what
// can be decompressed is handed out, and is_cut_off() tells.  Data that
// contradicts itself is an error.

#ifndef HEAPGRIND_CONVERTER_FILES_ZSTD_SOURCE_H_
#define HEAPGRIND_CONVERTER_FILES_ZSTD_SOURCE_H_

#include <zstd.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "converter/files/byte_source.h"

namespace heapgrind {

class ZstdSource : public ByteSource {
 public:
  // Whether data that begins with `first_bytes` is zstd; four bytes tell.
  static bool IsZstd(absl::string_view first_bytes);

  // Decompresses what `compressed` holds; messages call it `name`.
  ZstdSource(absl::string_view name, std::unique_ptr<ByteSource> compressed);
  ~ZstdSource() override;
  ZstdSource(const ZstdSource&) = delete;
  ZstdSource& operator=(const ZstdSource&) = delete;

  // Errors: those of `compressed`; ResourceExhausted when there is no memory
  // for zstd; InvalidArgument when the data is no zstd data, is corrupt, or
  // needs a window above 128 MiB; text just before that may be lost.
  absl::StatusOr<size_t> Read(char* buffer, size_t capacity) override;

  // Both in compressed bytes.
  uint64_t position() const override { return compressed_->position(); }
  uint64_t total_size() const override { return compressed_->total_size(); }

  bool is_cut_off() const override { return is_cut_off_; }

 private:
  absl::StatusOr<bool> RefillInput();
  void DecompressSome(ZSTD_outBuffer* output);

  const std::string name_;
  const std::unique_ptr<ByteSource> compressed_;
  const std::unique_ptr<char[]> input_bytes_;
  ZSTD_DStream* const stream_;  // Null if there was no memory.
  ZSTD_inBuffer input_ = {nullptr, 0, 0};
  uint64_t bytes_handed_out_ = 0;
  bool is_inside_frame_ = true;
  bool has_more_output_ = false;  // zstd may hold text back.
  bool is_cut_off_ = false;
  absl::Status status_;  // Returned once the text before the error is read.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_FILES_ZSTD_SOURCE_H_
