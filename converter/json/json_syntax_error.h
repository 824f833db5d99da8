// Says what is wrong with a line that is no JSON, in our words and with a
// column.

#ifndef HEAPGRIND_CONVERTER_JSON_JSON_SYNTAX_ERROR_H_
#define HEAPGRIND_CONVERTER_JSON_JSON_SYNTAX_ERROR_H_

#include <yajl/yajl_parse.h>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"

namespace heapgrind {

// The error of `handle`, which has refused `line`: InvalidArgument with a
// message "COLUMN: expected X, got Y".
absl::Status JsonSyntaxError(yajl_handle handle, absl::string_view line);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_JSON_JSON_SYNTAX_ERROR_H_
