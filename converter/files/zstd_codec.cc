#include "converter/files/zstd_codec.h"

#include <zstd.h>
#include <zstd_errors.h>

namespace heapgrind {
namespace {

constexpr char kHintAboutWindow[] =
    "\nhint: only windows of up to 128 MiB are read; try zstd -dc --long=31 "
    "FILE | {program} -";

// Whether the data asks for more memory than zstd(1), too, gives without being
// asked.
bool IsTooWide(size_t result) {
  return ZSTD_getErrorCode(result) == ZSTD_error_frameParameter_windowTooLarge;
}

class ZstdCodec : public Codec {
 public:
  ZstdCodec() : stream_(ZSTD_createDStream()) {}
  ~ZstdCodec() override { ZSTD_freeDStream(stream_); }
  ZstdCodec(const ZstdCodec&) = delete;
  ZstdCodec& operator=(const ZstdCodec&) = delete;

  absl::string_view format() const override { return "zstd"; }
  absl::string_view library() const override { return "zstd"; }
  bool has_memory() const override { return stream_ != nullptr; }
  bool holds_output() const override { return holds_output_; }
  bool is_inside_piece() const override { return is_inside_frame_; }

  Step Decompress(absl::string_view input, char* output,
                  size_t capacity) override {
    ZSTD_inBuffer in = {input.data(), input.size(), 0};
    ZSTD_outBuffer out = {output, capacity, 0};
    const size_t result = ZSTD_decompressStream(stream_, &out, &in);
    if (ZSTD_isError(result)) {
      return {in.pos, out.pos, true, ZSTD_getErrorName(result),
              IsTooWide(result) ? kHintAboutWindow : ""};
    }
    is_inside_frame_ = result != 0;
    holds_output_ = is_inside_frame_ && out.pos == out.size;
    return {in.pos, out.pos};
  }

 private:
  ZSTD_DStream* const stream_;  // Null if there was no memory.
  bool is_inside_frame_ = true;
  bool holds_output_ = false;
};

}  // namespace

bool IsZstd(absl::string_view first_bytes) {
  return first_bytes.substr(0, 4) == "\x28\xb5\x2f\xfd";
}

std::unique_ptr<Codec> MakeZstdCodec() { return std::make_unique<ZstdCodec>(); }

}  // namespace heapgrind
