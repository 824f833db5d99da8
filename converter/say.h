// What programs say to the person who runs them.

#ifndef HEAPGRIND_CONVERTER_SAY_H_
#define HEAPGRIND_CONVERTER_SAY_H_

#include "absl/strings/string_view.h"

namespace heapgrind {

// Writes "PROGRAM: TEXT" to standard error, as one line.
void Say(absl::string_view program, absl::string_view text);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_SAY_H_
