// From the paths of dumps to one call graph: of a dump, of its difference to a
// base, or of a sum.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_CONVERT_CONVERT_DUMP_H_
#define HEAPGRIND_CONVERTER_COMMANDS_CONVERT_CONVERT_DUMP_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "converter/base/progress.h"
#include "converter/callgraph/profile_file.h"
#include "converter/commands/convert/options.h"

namespace heapgrind {

// All three functions convert as `options` say.  They write losses, and the
// lines of --verbose and --process, to standard error, as `program`.  One heap
// at a time is in memory.  Errors are those of LoadDump and CheckTotal.

// One dump.  OutOfRange: that of ConvertHeap.
absl::StatusOr<HeapProfile> ConvertDump(absl::string_view program,
                                        const Options& options,
                                        const std::string& path,
                                        Progress* progress);

// The difference between the base in `options` and its one dump.
absl::StatusOr<HeapProfile> CompareDumps(absl::string_view program,
                                         const Options& options,
                                         Progress* progress);

// The sum of the dumps in `options`, at least two.
absl::StatusOr<HeapProfile> SumDumps(absl::string_view program,
                                     const Options& options,
                                     Progress* progress);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_CONVERT_CONVERT_DUMP_H_
