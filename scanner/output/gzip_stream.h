// Compresses to the gzip format (RFC 1952) with the system's zlib.

#ifndef HEAPGRIND_SCANNER_OUTPUT_GZIP_STREAM_H_
#define HEAPGRIND_SCANNER_OUTPUT_GZIP_STREAM_H_

#include <cstddef>
#include <string_view>

#include "output/compressor.h"

namespace heapgrind {

// zlib's z_stream: zlib.h, 1.2 and 1.3.
struct ZlibStream {
  const void* next_in;
  unsigned avail_in;
  unsigned long total_in;
  void* next_out;
  unsigned avail_out;
  unsigned long total_out;
  const char* message;
  void* state;
  void* (*allocate)(void* opaque, unsigned items, unsigned bytes);
  void (*release)(void* opaque, void* memory);
  void* opaque;
  int data_type;
  unsigned long check;
  unsigned long reserved;
};

class GzipStream final : public Compressor {
 public:
  GzipStream() = default;
  ~GzipStream();

  int Open() override;
  void SetInput(const void* start, size_t bytes) override;
  int Compress(bool is_last, std::string_view* piece, bool* has_more) override;

 private:
  void* library_ = nullptr;
  bool is_open_ = false;
  ZlibStream stream_ = {};
  int (*deflate_)(ZlibStream*, int) = nullptr;
  int (*deflate_end_)(ZlibStream*) = nullptr;
  char piece_[kPieceBytes];
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_OUTPUT_GZIP_STREAM_H_
