// The file of a dump that comes from another process: there when it is whole.

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_WRITE_DUMP_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_WRITE_DUMP_H_

#include <functional>
#include <string>

#include "absl/status/status.h"
#include "converter/base/progress.h"
#include "converter/files/compressed_output.h"
#include "converter/outside/our_signals.h"

namespace heapgrind {

// Has `write` write the dump of `source`, as messages call it, to `path`, which
// this user alone may read.  From the moment on that there is a file to write
// to `signals` are blocked: a named pipe waits for its reader.
//
// Errors: those of DumpOutput; those of `write`, behind the source.  Then no
// file is written.
absl::Status WriteDump(const std::string& source, const std::string& path,
                       OurSignals* signals, Progress* progress,
                       const std::function<absl::Status(DumpOutput*)>& write);

// An error of what has to do with `source`.
absl::Status OfSource(const std::string& source, const absl::Status& status);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_WRITE_DUMP_H_
