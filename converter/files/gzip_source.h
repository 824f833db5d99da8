// Decompresses gzip data while it is read.
//
// A gzip file is a sequence of members; several that follow each other are read
// as one text, as gzip(1) does, and zero bytes after a member are ignored (RFC
// 1952, 1996, section 2.2).  Data that ends inside a member is what is left of
// a program that died while it wrote: what can be decompressed is handed out,
// and is_cut_off() tells.  Data that contradicts itself is an error.

#ifndef HEAPGRIND_CONVERTER_FILES_GZIP_SOURCE_H_
#define HEAPGRIND_CONVERTER_FILES_GZIP_SOURCE_H_

#include <zlib.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "converter/files/byte_source.h"

namespace heapgrind {

class GzipSource : public ByteSource {
 public:
  // Whether data that begins with `first_bytes` is gzip; two bytes tell.
  static bool IsGzip(absl::string_view first_bytes);

  // Decompresses what `compressed` holds; messages call it `name`.
  GzipSource(absl::string_view name, std::unique_ptr<ByteSource> compressed);
  ~GzipSource() override;
  GzipSource(const GzipSource&) = delete;
  GzipSource& operator=(const GzipSource&) = delete;

  // Errors: those of `compressed`, and InvalidArgument when its data is no gzip
  // data or is corrupt, after the text that stands before the corruption.
  absl::StatusOr<size_t> Read(char* buffer, size_t capacity) override;

  // Both in compressed bytes.
  uint64_t position() const override { return compressed_->position(); }
  uint64_t total_size() const override { return compressed_->total_size(); }

  bool is_cut_off() const override { return is_cut_off_; }

 private:
  absl::StatusOr<bool> RefillInput();
  bool StartNextMember();
  void InflateSome();

  const std::string name_;
  const std::unique_ptr<ByteSource> compressed_;
  const std::unique_ptr<char[]> input_;
  uint64_t bytes_handed_out_ = 0;
  z_stream stream_ = {};
  int start_result_;  // What zlib said when it was set up.
  bool is_inside_member_ = true;
  bool is_cut_off_ = false;
  absl::Status status_;  // Returned once the text before the error is read.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_FILES_GZIP_SOURCE_H_
