// A heap dump of a process that is no more, from its core file.
//
//     heapgrind                        child
//     core, files of its images        empty
//     which Python, which blob         the core's memory
//     checks, writes  <-------------   confined, runs the blob
//     kills it                         ended

#ifndef HEAPGRIND_CONVERTER_CORE_CORE_DUMP_H_
#define HEAPGRIND_CONVERTER_CORE_CORE_DUMP_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "converter/base/progress.h"
#include "converter/outside/blob_store.h"
#include "converter/outside/our_signals.h"
#include "converter/outside/outside_dump.h"

namespace heapgrind {

struct CoreDumpOptions {
  std::string path;         // "-": standard input.
  std::string sysroot;      // Below which the files of the process are.
  OutsideDumpOptions dump;  // Its process does not matter.
};

struct CoreDump {
  OutsideDump dump;
  bool is_cut_off = false;  // The core is.
  uint64_t absent = 0;      // Bytes that were mapped, not in the core.
  std::vector<std::string>
      missing;  // Files that would have code of the process.
};

// Writes a dump of what `options.path` has, with one of `blobs`.
//
// Errors: Unavailable: the core cannot be dumped, or not whole; Aborted: a
// signal waits to end this program; those of OpenCore and DumpOutput.  Then no
// file is written.
absl::StatusOr<CoreDump> DumpFromCore(const CoreDumpOptions& options,
                                      const BlobStore& blobs,
                                      OurSignals* signals, Progress* progress);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CORE_CORE_DUMP_H_
