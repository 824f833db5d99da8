// What is in a dump, told from a sample of it.

#ifndef HEAPGRIND_CONVERTER_LOAD_DUMP_SAMPLE_H_
#define HEAPGRIND_CONVERTER_LOAD_DUMP_SAMPLE_H_

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"

namespace heapgrind {

// Of the whole dump: extrapolated from the bytes of the sample to all bytes.
struct DumpSample {
  uint64_t objects = 0;
  uint64_t references = 0;
  // Different texts that may be names of something, and their bytes.
  uint64_t names = 0;
  uint64_t name_bytes = 0;
  // Bytes of all other texts.
  uint64_t content_bytes = 0;
};

// How much a sample reads of a plain dump (64 pieces) and of the text of a
// compressed one (its beginning), bytes.
struct SampleSizes {
  uint64_t piece = 128 * 1024;
  uint64_t beginning = 32 * 1024 * 1024;
};

// Takes a sample of the dump at `path`, a regular file.  Errors: those of
// OpenDumpSource and of ReadDump, which reading it all will find as well.
absl::StatusOr<DumpSample> SampleDump(const std::string& path,
                                      const SampleSizes& sizes = {});

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_DUMP_SAMPLE_H_
