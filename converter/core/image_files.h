// The program and the libraries of a process that is no more: a core has no
// code, so that their files are needed.
//
// A file is taken only if it is an ELF file with the build-id that the core has
// in memory, where it has one: so a core cannot make us read another file.

#ifndef HEAPGRIND_CONVERTER_CORE_IMAGE_FILES_H_
#define HEAPGRIND_CONVERTER_CORE_IMAGE_FILES_H_

#include <map>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "converter/core/core_bytes.h"
#include "converter/core/core_file.h"
#include "converter/outside/descriptor.h"

namespace heapgrind {

struct ImageFiles {
  std::map<std::string, Descriptor> files;  // By the path in the core.
  // What was not found, each as "PATH (build-id ID): WHY".
  std::vector<std::string> missing;
};

// Opens the files of the images in `core`, below the folder `sysroot`.
//
// Errors: Unavailable: the program, a libpython or the C library is not there
// or is another one; the text names it and its build-id.
absl::StatusOr<ImageFiles> OpenImageFiles(const CoreFile& core,
                                          const CoreBytes& bytes,
                                          const std::string& sysroot);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CORE_IMAGE_FILES_H_
