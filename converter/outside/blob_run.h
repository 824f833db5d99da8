// Puts a blob into a copy and starts it.
//
//     before base          a page for what the kernel answers
//     base                 the blob's segments
//     behind it            hg_blob_input and its arrays
//     a page without access
//     8 MiB                the blob's stack

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_BLOB_RUN_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_BLOB_RUN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "converter/outside/descriptor.h"
#include "converter/outside/loaded_image.h"
#include "converter/outside/memory_map.h"
#include "converter/outside/relocated_blob.h"
#include "converter/outside/traced_copy.h"

namespace heapgrind {

// What the blob is told of the target; see scanner/blob/blob_input.h.
struct BlobFacts {
  uint64_t pid = 0;   // As the target sees it.
  uint64_t time = 0;  // Seconds since 1970.
  uint64_t rss = 0;   // Bytes.
  uint64_t swap = 0;
  uint64_t value_length = 0;
  uint64_t max_references = 0;
  uint64_t native = 0;
  std::vector<LoadedImage> images;
  std::vector<ThreadOfTarget> threads;  // Numbered as the target sees them.
  // Addresses; 0: there is none.
  uint64_t malloc_info = 0;
  uint64_t malloc_info_old = 0;
  uint64_t fmemopen = 0;
  uint64_t fclose = 0;
};

// Our ends of the pipes that the blob writes to; neither blocks.
struct BlobPipes {
  Descriptor dump;
  Descriptor message;
};

// Where the blob can lie in a process that has mapped that: a multiple of a
// page with 256 MiB of room before it and behind it.
uint64_t ChooseBase(const MemoryMap& map);

// Closes all descriptors of the copy, and gives it two pipes.  `base`: where
// the blob will lie.  Unavailable: the copy does not do it.
absl::StatusOr<BlobPipes> OpenPipes(uint64_t base, TracedCopy* copy);

// With what the copy begins: TracedCopy::RunAt.
struct BlobStart {
  uint64_t code = 0;
  uint64_t argument = 0;
  uint64_t stack = 0;
};

// Writes the blob and its input into the copy.  Unavailable: the copy does not
// do it.
absl::StatusOr<BlobStart> PlaceBlob(const RelocatedBlob& blob,
                                    const BlobFacts& facts,
                                    const MemoryMap& map, TracedCopy* copy);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_BLOB_RUN_H_
