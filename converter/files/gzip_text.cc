#include "converter/files/gzip_text.h"

#include <zlib.h>

#include <algorithm>
#include <utility>

namespace heapgrind {
namespace {

constexpr int kWithGzipHeader = 16;
constexpr int kMemoryLevel = 8;                  // zlib's default.
constexpr size_t kMostAtOnce = size_t{1} << 30;  // zlib counts in 32 bits.

// Takes the whole text, in pieces that zlib can count.
void Deflate(absl::string_view text, z_stream* stream,
             std::string* compressed) {
  std::string block(1 << 16, '\0');
  int flush = Z_NO_FLUSH;
  while (flush != Z_FINISH) {
    const absl::string_view piece = text.substr(0, kMostAtOnce);
    text.remove_prefix(piece.size());
    flush = text.empty() ? Z_FINISH : Z_NO_FLUSH;
    stream->next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));
    stream->avail_in = static_cast<uInt>(piece.size());
    do {
      stream->next_out = reinterpret_cast<Bytef*>(&block[0]);
      stream->avail_out = static_cast<uInt>(block.size());
      deflate(stream, flush);
      compressed->append(block, 0, block.size() - stream->avail_out);
    } while (stream->avail_out == 0);
  }
}

}  // namespace

absl::StatusOr<std::string> Gzip(absl::string_view text) {
  z_stream stream = {};
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED,
                   MAX_WBITS + kWithGzipHeader, kMemoryLevel,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    return absl::ResourceExhaustedError(
        "expected memory to compress, got none");
  }
  std::string compressed;
  Deflate(text, &stream, &compressed);
  deflateEnd(&stream);
  return compressed;
}

}  // namespace heapgrind
