// Compresses a text as gzip does, for tests.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_GZIP_TEXT_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_GZIP_TEXT_H_

#include <zlib.h>

#include <cstdlib>
#include <string>

namespace heapgrind {

// One gzip member (RFC 1952) that holds `text`.
inline std::string GzipText(std::string text) {
  z_stream stream = {};
  if (deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY)) {
    std::abort();
  }
  std::string compressed(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(&text[0]);
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(&compressed[0]);
  stream.avail_out = static_cast<uInt>(compressed.size());
  if (deflate(&stream, Z_FINISH) != Z_STREAM_END) std::abort();
  compressed.resize(stream.total_out);
  deflateEnd(&stream);
  return compressed;
}

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_GZIP_TEXT_H_
