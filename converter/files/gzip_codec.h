// gzip (Deutsch, "GZIP file format specification", RFC 1952, 1996).

#ifndef HEAPGRIND_CONVERTER_FILES_GZIP_CODEC_H_
#define HEAPGRIND_CONVERTER_FILES_GZIP_CODEC_H_

#include <memory>

#include "absl/strings/string_view.h"
#include "converter/files/decompressing_source.h"

namespace heapgrind {

// Whether data that begins with `first_bytes` is gzip; two bytes tell.
bool IsGzip(absl::string_view first_bytes);

// Ignores zero bytes after a member (section 2.2), and gives all text that
// stands before a fault.
std::unique_ptr<Codec> MakeGzipCodec();

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_FILES_GZIP_CODEC_H_
