// Which CPython runs in a process, told by its memory alone.

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_PYTHON_VERSION_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_PYTHON_VERSION_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "converter/outside/loaded_image.h"
#include "converter/outside/remote_memory.h"

namespace heapgrind {

struct PythonVersion {
  size_t image = 0;     // The place of the program or libpython that has it.
  std::string version;  // "3.11".
  // As wheels and extension modules name it, "cp311d", and "musl" if its C
  // library is that.
  std::string tag;
};

// Unavailable: there is none, or it does not say which it is.
absl::StatusOr<PythonVersion> FindPython(const std::vector<LoadedImage>& images,
                                         const RemoteMemory& memory);

// "3.8" of "libpython3.8.so.1.0", "/usr/bin/python3.8" or "python3.8-dbg"; ""
// of a path that says none.
std::string VersionInName(absl::string_view path);

// "3.8" in the text that begins like sys.version: "3.8.18 (default, ...".  ""
// if there is none.
std::string VersionInText(absl::string_view text);

// "CPython 3.13, free-threaded, debug build" of "cp313td"; the tag of what is
// none.
std::string DescribeTag(absl::string_view tag);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_PYTHON_VERSION_H_
