#include "converter/files/compressed_output.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "converter/files/output_file.h"

namespace heapgrind {
namespace {

constexpr size_t kBlockSize = 256 * 1024;  // Bytes.
// What a compressor may have taken and not given out yet (zlib.h: less than two
// windows and a buffer of codes; zstd: a block).
constexpr uint64_t kHeld = 1 << 18;  // Bytes.
constexpr int kGzipLevel = 6;        // What gzip(1) takes.
constexpr int kZstdLevel = 3;        // What zstd(1) takes.

class PlainOutput : public DumpOutput {
 public:
  explicit PlainOutput(std::unique_ptr<OutputFile> file)
      : file_(std::move(file)) {}

  void Append(absl::string_view text) override { file_->Append(text); }
  uint64_t most_bytes() const override { return file_->bytes(); }
  absl::Status status() const override { return file_->status(); }
  absl::Status Commit() override { return file_->Commit(); }

 private:
  const std::unique_ptr<OutputFile> file_;
};

class GzipOutput : public DumpOutput {
 public:
  explicit GzipOutput(std::unique_ptr<OutputFile> file)
      : file_(std::move(file)), block_(kBlockSize, '\0') {
    constexpr int kWithGzipHeader = 16;
    is_ready_ = deflateInit2(&stream_, kGzipLevel, Z_DEFLATED,
                             MAX_WBITS + kWithGzipHeader, 8,
                             Z_DEFAULT_STRATEGY) == Z_OK;
  }
  ~GzipOutput() override { deflateEnd(&stream_); }

  bool is_ready() const { return is_ready_; }
  uint64_t most_bytes() const override { return file_->bytes() + kHeld; }
  absl::Status status() const override { return file_->status(); }

  void Append(absl::string_view text) override {
    // zlib counts input in 32 bits.
    constexpr size_t kMost = 1 << 30;
    for (; !text.empty(); text.remove_prefix(std::min(kMost, text.size()))) {
      Deflate(text.substr(0, kMost), Z_NO_FLUSH);
    }
  }

  absl::Status Commit() override {
    Deflate("", Z_FINISH);
    return file_->Commit();
  }

 private:
  void Deflate(absl::string_view text, int flush) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream_.avail_in = static_cast<uInt>(text.size());
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(&block_[0]);
      stream_.avail_out = static_cast<uInt>(block_.size());
      deflate(&stream_, flush);
      file_->Append(absl::string_view(block_).substr(
          0, block_.size() - stream_.avail_out));
    } while (stream_.avail_out == 0);
  }

  const std::unique_ptr<OutputFile> file_;
  std::string block_;
  z_stream stream_ = {};
  bool is_ready_ = false;
};

class ZstdOutput : public DumpOutput {
 public:
  explicit ZstdOutput(std::unique_ptr<OutputFile> file)
      : file_(std::move(file)),
        block_(kBlockSize, '\0'),
        stream_(ZSTD_createCCtx()) {
    if (stream_ == nullptr) return;
    ZSTD_CCtx_setParameter(stream_, ZSTD_c_compressionLevel, kZstdLevel);
    ZSTD_CCtx_setParameter(stream_, ZSTD_c_checksumFlag, 1);
  }
  ~ZstdOutput() override { ZSTD_freeCCtx(stream_); }

  bool is_ready() const { return stream_ != nullptr; }
  uint64_t most_bytes() const override { return file_->bytes() + kHeld; }
  absl::Status status() const override { return file_->status(); }

  void Append(absl::string_view text) override {
    Compress(text, ZSTD_e_continue);
  }

  absl::Status Commit() override {
    Compress("", ZSTD_e_end);
    return file_->Commit();
  }

 private:
  void Compress(absl::string_view text, ZSTD_EndDirective directive) {
    ZSTD_inBuffer input = {text.data(), text.size(), 0};
    size_t num_left = 0;
    do {
      ZSTD_outBuffer output = {&block_[0], block_.size(), 0};
      num_left = ZSTD_compressStream2(stream_, &output, &input, directive);
      file_->Append(absl::string_view(block_).substr(0, output.pos));
    } while (directive == ZSTD_e_end ? num_left > 0 : input.pos < input.size);
  }

  const std::unique_ptr<OutputFile> file_;
  std::string block_;
  ZSTD_CCtx* const stream_;
};

template <typename Output>
absl::StatusOr<std::unique_ptr<DumpOutput>> Compressed(
    absl::string_view path, std::unique_ptr<OutputFile> file) {
  auto output = std::make_unique<Output>(std::move(file));
  if (output->is_ready()) return std::unique_ptr<DumpOutput>(std::move(output));
  return absl::ResourceExhaustedError(
      absl::StrCat(path, ": expected memory to compress, got none"));
}

}  // namespace

absl::StatusOr<std::unique_ptr<DumpOutput>> DumpOutput::Create(
    absl::string_view path, absl::Span<const std::string> inputs, mode_t mode) {
  absl::StatusOr<std::unique_ptr<OutputFile>> file =
      OutputFile::Create(path, inputs, mode);
  if (!file.ok()) return file.status();
  if (absl::EndsWithIgnoreCase(path, ".gz")) {
    return Compressed<GzipOutput>(path, *std::move(file));
  }
  if (absl::EndsWithIgnoreCase(path, ".zst")) {
    return Compressed<ZstdOutput>(path, *std::move(file));
  }
  return std::unique_ptr<DumpOutput>(
      std::make_unique<PlainOutput>(*std::move(file)));
}

}  // namespace heapgrind
