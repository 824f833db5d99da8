// Compresses to the Zstandard format (RFC 8878) with the system's libzstd.

#ifndef HEAPGRIND_SCANNER_OUTPUT_ZSTD_STREAM_H_
#define HEAPGRIND_SCANNER_OUTPUT_ZSTD_STREAM_H_

#include <cstddef>
#include <string_view>

#include "output/compressor.h"

namespace heapgrind {

// zstd.h, 1.4 and 1.5: ZSTD_inBuffer and ZSTD_outBuffer.
struct ZstdInput {
  const void* start;
  size_t bytes;
  size_t used;
};
struct ZstdOutput {
  void* start;
  size_t bytes;
  size_t used;
};

class ZstdStream final : public Compressor {
 public:
  ZstdStream() = default;
  ~ZstdStream();

  // Takes 1.4 MB of memory.
  int Open() override;
  void SetInput(const void* start, size_t bytes) override;
  int Compress(bool is_last, std::string_view* piece, bool* has_more) override;

 private:
  int MakeContext();

  void* library_ = nullptr;
  void* memory_ = nullptr;  // Where the library keeps all that it needs.
  size_t memory_bytes_ = 0;
  void* context_ = nullptr;
  ZstdInput input_ = {};
  size_t (*compress_)(void* context, ZstdOutput*, ZstdInput*, int) = nullptr;
  unsigned (*is_error_)(size_t) = nullptr;
  char piece_[kPieceBytes];
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_OUTPUT_ZSTD_STREAM_H_
