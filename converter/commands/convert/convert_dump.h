// From the path of a dump to its call graph, with all that is said of it.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_CONVERT_CONVERT_DUMP_H_
#define HEAPGRIND_CONVERTER_COMMANDS_CONVERT_CONVERT_DUMP_H_

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "converter/base/progress.h"
#include "converter/callgraph/profile_file.h"
#include "converter/commands/convert/options.h"

namespace heapgrind {

// Loads the dump at `path` and converts it as `options` say: if they name a
// base, with how it differs from that; if they ask for the sum of the dumps and
// `path` is the last of these, with the others.  Says on standard error, as
// `program`, what of the dump is lost and what --verbose and --process tell.
// Errors are those of LoadDump and ConvertHeap; only the latter is OutOfRange.
absl::StatusOr<HeapProfile> ConvertDump(absl::string_view program,
                                        const Options& options,
                                        const std::string& path,
                                        Progress* progress);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_CONVERT_CONVERT_DUMP_H_
