// Reads the source files that a dump names, which may name anything.

#ifndef HEAPGRIND_CONVERTER_PYTHON_SOURCE_TEXT_H_
#define HEAPGRIND_CONVERTER_PYTHON_SOURCE_TEXT_H_

#include <cstddef>
#include <optional>
#include <string>

namespace heapgrind {

inline constexpr size_t kMaxSourceBytes = 4 << 20;

// The text of the Python source at `path`: a regular file, called *.py or
// *.pyx, of at most kMaxSourceBytes.  None for anything else, a folder, a
// device, a pipe, without waiting for it.
std::optional<std::string> ReadSourceText(const std::string& path);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PYTHON_SOURCE_TEXT_H_
