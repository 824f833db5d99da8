// Tells of a `~` that no shell has expanded.

#ifndef HEAPGRIND_CONVERTER_BASE_TILDE_HINT_H_
#define HEAPGRIND_CONVERTER_BASE_TILDE_HINT_H_

#include "absl/strings/string_view.h"

namespace heapgrind {

// What to add to the message that nothing is at `path`: a hint, or "".
inline absl::string_view HintAboutTilde(absl::string_view path) {
  if (path.substr(0, 1) != "~") return "";
  return "\nhint: a shell expands ~ only at the beginning of a word; after = "
         "write $HOME";
}

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_BASE_TILDE_HINT_H_
