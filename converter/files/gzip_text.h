// Compresses a text in memory.

#ifndef HEAPGRIND_CONVERTER_FILES_GZIP_TEXT_H_
#define HEAPGRIND_CONVERTER_FILES_GZIP_TEXT_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace heapgrind {

// `text` with gzip, as small as zlib makes it; the same bytes for the same text
// and zlib.  ResourceExhausted if there is no memory for it.
absl::StatusOr<std::string> Gzip(absl::string_view text);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_FILES_GZIP_TEXT_H_
