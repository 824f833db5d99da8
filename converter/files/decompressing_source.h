// Decompresses data while it is read.
//
// Compressed data is a sequence of pieces, which gzip calls members and zstd
// frames; several that follow each other are read as one text, as gzip(1) and
// zstd(1) do.  Data that ends inside a piece is what is left of a program that
// died while it wrote: what can be decompressed is handed out, and is_cut_off()
// tells.  Data that contradicts itself is an error.

#ifndef HEAPGRIND_CONVERTER_FILES_DECOMPRESSING_SOURCE_H_
#define HEAPGRIND_CONVERTER_FILES_DECOMPRESSING_SOURCE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "converter/files/byte_source.h"

namespace heapgrind {

// One compression format.
class Codec {
 public:
  struct Step {
    size_t taken = 0;    // Bytes of the input.
    size_t written = 0;  // Bytes of the output.
    bool is_faulty = false;
    const char* fault = "";  // What the library says of it.
    const char* hint = "";   // Behind the message.
  };

  virtual ~Codec() = default;

  virtual absl::string_view format() const = 0;   // "gzip".
  virtual absl::string_view library() const = 0;  // "zlib".

  // Whether the library got its memory; without it there are no steps.
  virtual bool has_memory() const = 0;

  // Decompresses some of `input`, which is empty only if holds_output().
  virtual Step Decompress(absl::string_view input, char* output,
                          size_t capacity) = 0;

  // Whether there may be text that the last output had no room for.
  virtual bool holds_output() const { return false; }

  // Whether the data must not end here.
  virtual bool is_inside_piece() const = 0;
};

class DecompressingSource : public ByteSource {
 public:
  // Decompresses what `compressed` holds; messages call it `name`.
  DecompressingSource(absl::string_view name,
                      std::unique_ptr<ByteSource> compressed,
                      std::unique_ptr<Codec> codec);

  // Errors: those of `compressed`; ResourceExhausted when there is no memory
  // for the library; InvalidArgument when the data is not of the format or is
  // corrupt, after the text that the codec makes of what stands before.
  absl::StatusOr<size_t> Read(char* buffer, size_t capacity) override;

  // Both in compressed bytes.
  uint64_t position() const override { return compressed_->position(); }
  uint64_t total_size() const override { return compressed_->total_size(); }

  bool is_cut_off() const override { return is_cut_off_; }

 private:
  absl::StatusOr<bool> RefillInput();
  size_t DecompressSome(char* buffer, size_t capacity);

  const std::string name_;
  const std::unique_ptr<ByteSource> compressed_;
  const std::unique_ptr<Codec> codec_;
  const std::unique_ptr<char[]> buffer_;
  absl::string_view input_;  // What of buffer_ is to be decompressed.
  uint64_t bytes_handed_out_ = 0;
  bool is_cut_off_ = false;
  absl::Status status_;  // Returned once the text before the error is read.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_FILES_DECOMPRESSING_SOURCE_H_
