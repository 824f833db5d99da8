// From the paths of dumps to a call graph, with all that is said of them.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_CONVERT_CONVERT_DUMP_H_
#define HEAPGRIND_CONVERTER_COMMANDS_CONVERT_CONVERT_DUMP_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "converter/base/progress.h"
#include "converter/callgraph/profile_file.h"
#include "converter/commands/convert/options.h"

namespace heapgrind {

// All of them convert as `options` say, and say on standard error, as
// `program`, what of a dump is lost and what --verbose and --process tell.  One
// heap at a time is in memory.  Errors are those of LoadDump and CheckTotal.

// One dump.  OutOfRange: that of ConvertHeap.
absl::StatusOr<HeapProfile> ConvertDump(absl::string_view program,
                                        const Options& options,
                                        const std::string& path,
                                        Progress* progress);

// How the one dump of `options` differs from their base.
absl::StatusOr<HeapProfile> CompareDumps(absl::string_view program,
                                         const Options& options,
                                         Progress* progress);

// The sum of the dumps of `options`, of which there are two or more.
absl::StatusOr<HeapProfile> SumDumps(absl::string_view program,
                                     const Options& options,
                                     Progress* progress);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_CONVERT_CONVERT_DUMP_H_
