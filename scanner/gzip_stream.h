// Compresses to the gzip format with the system's zlib.
//
// The library is loaded when a dump asks for it, so that the extension does not
// need it otherwise.  Its memory comes from mappings, not from malloc, because
// the heap must not change while it is scanned.

#ifndef HEAPGRIND_SCANNER_GZIP_STREAM_H_
#define HEAPGRIND_SCANNER_GZIP_STREAM_H_

#include <cstddef>
#include <string_view>

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

class GzipStream {
 public:
  GzipStream() = default;
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;
  ~GzipStream();

  // Returns 0, or an errno: ENOSYS if this system has no zlib.
  int Open();

  // What is compressed next.  The last input must have been used up.
  void SetInput(const void* start, size_t bytes);

  // Returns the next piece of output, valid until the next call.  *has_more
  // says whether to call again for the same input; `is_last` that no input
  // follows.
  std::string_view Compress(bool is_last, bool* has_more);

 private:
  static constexpr size_t kPieceBytes = size_t{1} << 15;

  void* library_ = nullptr;
  bool is_open_ = false;
  ZlibStream stream_ = {};
  int (*deflate_)(ZlibStream*, int) = nullptr;
  int (*deflate_end_)(ZlibStream*) = nullptr;
  char piece_[kPieceBytes];
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_GZIP_STREAM_H_
