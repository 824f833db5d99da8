// Hands a std::string_view to Abseil.
//
// Debian's Abseil has a string_view of its own, to which a std::string_view
// does not convert.

#ifndef HEAPGRIND_CONVERTER_BASE_ABSEIL_VIEW_H_
#define HEAPGRIND_CONVERTER_BASE_ABSEIL_VIEW_H_

#include <string_view>

#include "absl/strings/string_view.h"

namespace heapgrind {

inline absl::string_view View(std::string_view text) {
  return {text.data(), text.size()};
}

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_BASE_ABSEIL_VIEW_H_
