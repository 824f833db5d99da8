#include "converter/files/gzip_codec.h"

#include <zlib.h>

#include <algorithm>
#include <limits>

namespace heapgrind {
namespace {

// zlib: a window of up to 2^15 bytes, and 16 for "a gzip header is expected".
constexpr int kGzipWindow = 15 + 16;

// What zlib can be given at once.
uInt AtOnce(size_t size) {
  return static_cast<uInt>(
      std::min<size_t>(size, std::numeric_limits<uInt>::max()));
}

class GzipCodec : public Codec {
 public:
  GzipCodec() { start_result_ = inflateInit2(&stream_, kGzipWindow); }
  ~GzipCodec() override { inflateEnd(&stream_); }
  GzipCodec(const GzipCodec&) = delete;
  GzipCodec& operator=(const GzipCodec&) = delete;

  absl::string_view format() const override { return "gzip"; }
  absl::string_view library() const override { return "zlib"; }
  bool has_memory() const override { return start_result_ == Z_OK; }
  bool is_inside_piece() const override { return is_inside_member_; }

  Step Decompress(absl::string_view input, char* output,
                  size_t capacity) override {
    Step step;
    if (!is_inside_member_) step.taken = StartNextMember(input);
    if (!is_inside_member_) return step;
    input.remove_prefix(step.taken);
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
    stream_.avail_in = AtOnce(input.size());
    stream_.next_out = reinterpret_cast<Bytef*>(output);
    stream_.avail_out = AtOnce(capacity);
    Inflate(&step);
    step.taken += AtOnce(input.size()) - stream_.avail_in;
    step.written = AtOnce(capacity) - stream_.avail_out;
    return step;
  }

 private:
  // Goes over the zero bytes that may follow a member, and begins another if
  // one follows.  Returns how many they are.
  size_t StartNextMember(absl::string_view input) {
    const size_t start = input.find_first_not_of('\0');
    if (start == input.npos) return input.size();
    inflateReset(&stream_);
    is_inside_member_ = true;
    return start;
  }

  void Inflate(Step* step) {
    const int result = inflate(&stream_, Z_NO_FLUSH);
    if (result == Z_STREAM_END) is_inside_member_ = false;
    step->is_faulty =
        result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR;
    if (step->is_faulty && stream_.msg != nullptr) step->fault = stream_.msg;
  }

  z_stream stream_ = {};
  int start_result_;  // What zlib said when it was set up.
  bool is_inside_member_ = true;
};

}  // namespace

bool IsGzip(absl::string_view first_bytes) {
  return first_bytes.substr(0, 2) == "\x1f\x8b";
}

std::unique_ptr<Codec> MakeGzipCodec() { return std::make_unique<GzipCodec>(); }

}  // namespace heapgrind
