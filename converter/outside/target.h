// What is known of a process before it is stopped: that it can be dumped, and
// how.

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_TARGET_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_TARGET_H_

#include <cstdint>
#include <utility>

#include "absl/status/statusor.h"
#include "converter/outside/blob_choice.h"
#include "converter/outside/blob_store.h"
#include "converter/outside/call_code.h"
#include "converter/outside/process_files.h"
#include "converter/outside/process_status.h"
#include "converter/outside/relocated_blob.h"

namespace heapgrind {

struct Target {
  explicit Target(ProcessFiles process) : files(std::move(process)) {}

  ProcessFiles files;
  ProcessStatus status;
  long trace_options = 0;  // Of PTRACE_SEIZE.
  PythonImages process;
  CallCode code;
  uint64_t base = 0;  // Where the blob will lie in the copy.
  RelocatedBlob blob;
};

// Unavailable: the process cannot be dumped; the text says why, and what would
// help.
absl::StatusOr<Target> InspectTarget(pid_t pid, const BlobStore& blobs);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_TARGET_H_
