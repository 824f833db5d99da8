// What a pattern for the name of a dump means.

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_OUTPUT_NAME_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_OUTPUT_NAME_H_

#include <sys/types.h>

#include <string>

#include "absl/strings/string_view.h"

namespace heapgrind {

// `pattern` with a process's number for %p, the time for %t and % for %%; other
// signs stay.
std::string OutputName(absl::string_view pattern, pid_t pid);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_OUTPUT_NAME_H_
