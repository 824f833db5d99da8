// Compresses a text as zstd does, for tests.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_ZSTD_TEXT_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_ZSTD_TEXT_H_

#include <zstd.h>

#include <string>

namespace heapgrind {

// One zstd frame (RFC 8878) that holds `text`, with a check sum.
inline std::string ZstdText(const std::string& text) {
  ZSTD_CCtx* const context = ZSTD_createCCtx();
  ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1);
  std::string bytes(ZSTD_compressBound(text.size()), '\0');
  bytes.resize(ZSTD_compress2(context, bytes.data(), bytes.size(), text.data(),
                              text.size()));
  ZSTD_freeCCtx(context);
  return bytes;
}

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_ZSTD_TEXT_H_
