// zstd (Collet and Kucherawy, "Zstandard Compression and the
// 'application/zstd' Media Type", RFC 8878, 2021).

#ifndef HEAPGRIND_CONVERTER_FILES_ZSTD_CODEC_H_
#define HEAPGRIND_CONVERTER_FILES_ZSTD_CODEC_H_

#include <memory>

#include "absl/strings/string_view.h"
#include "converter/files/decompressing_source.h"

namespace heapgrind {

// Whether data that begins with `first_bytes` is zstd; four bytes tell.
bool IsZstd(absl::string_view first_bytes);

// A window above 128 MiB is a fault; text just before a fault may be lost.
std::unique_ptr<Codec> MakeZstdCodec();

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_FILES_ZSTD_CODEC_H_
