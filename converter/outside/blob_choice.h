// The blob for the Python that a process runs, and what it is to know of the
// process's libraries.

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_BLOB_CHOICE_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_BLOB_CHOICE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "converter/outside/blob_run.h"
#include "converter/outside/blob_store.h"
#include "converter/outside/loaded_image.h"
#include "converter/outside/python_version.h"
#include "converter/outside/relocated_blob.h"
#include "converter/outside/remote_memory.h"

namespace heapgrind {

// Program and libraries of a process with CPython.
struct PythonImages {
  std::vector<LoadedImage> images;
  std::string program;  // The path of the program among them.
  PythonVersion python;
};

// As it lies at `base`.  Unavailable: there is none, or it does not fit.
absl::StatusOr<RelocatedBlob> LoadBlob(const BlobStore& blobs, uint64_t base,
                                       const PythonImages& process,
                                       const RemoteMemory& memory);

// Adds the images, and addresses of functions of the C library.
void AddImages(const PythonImages& process, const RemoteMemory& memory,
               BlobFacts* facts);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_BLOB_CHOICE_H_
