// Parses the first line of a heap dump: the header.

#ifndef HEAPGRIND_CONVERTER_DUMP_DUMP_HEADER_PARSER_H_
#define HEAPGRIND_CONVERTER_DUMP_DUMP_HEADER_PARSER_H_

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "converter/dump/dump_header.h"

namespace heapgrind {

// The newest version of docs/dump_format.md that this reader knows; it knows
// all from 1 on.
inline constexpr int kDumpFormatVersion = 2;

// The header that `line` (without newline) is.
//
// Errors have messages "COLUMN: expected X, got Y".  InvalidArgument: the line
// is no JSON object, its format version is none from 1 to kDumpFormatVersion,
// or a key that a header may have is mistyped.  OutOfRange: the line is the
// front part of a JSON object.
absl::StatusOr<DumpHeader> ParseDumpHeader(absl::string_view line);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_DUMP_HEADER_PARSER_H_
