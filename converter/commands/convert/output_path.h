// Puts what a dump says about its process into the name of the output file.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_CONVERT_OUTPUT_PATH_H_
#define HEAPGRIND_CONVERTER_COMMANDS_CONVERT_OUTPUT_PATH_H_

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "converter/dump/dump_header.h"

namespace heapgrind {

// Whether every `%` in `pattern` is followed by `p`, `t` or `%`; if not, an
// InvalidArgument error "expected %p, %t or %% in the output's name, got ...".
absl::Status CheckOutputPattern(absl::string_view pattern);

// `pattern` with the dump's pid for `%p`, its time (seconds since 1970-01-01
// UTC) for `%t` and `%` for `%%`.
//
// Errors: those of CheckOutputPattern, and InvalidArgument when the dump does
// not say what the pattern asks for, as a Meliae dump.
absl::StatusOr<std::string> ExpandOutputPattern(absl::string_view pattern,
                                                const DumpHeader& header);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_CONVERT_OUTPUT_PATH_H_
