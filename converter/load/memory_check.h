// Refuses a dump that will not fit in memory, before the work begins.

#ifndef HEAPGRIND_CONVERTER_LOAD_MEMORY_CHECK_H_
#define HEAPGRIND_CONVERTER_LOAD_MEMORY_CHECK_H_

#include <string>

#include "absl/status/status.h"
#include "converter/load/memory_estimate.h"
#include "converter/load/memory_limit.h"

namespace heapgrind {

// ResourceExhausted, with what would help, if converting the dump at `path`
// takes more memory than `limit`.  A dump that is small beside the limit is not
// even looked at; of others a sample is read.  What is no dump passes.  So does
// standard input ("-") or a pipe, whose size no one knows before it is read:
// InvalidArgument if the user asked for the limit.
absl::Status CheckMemory(const std::string& path, const MemoryUse& use,
                         const MemoryLimit& limit);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_MEMORY_CHECK_H_
