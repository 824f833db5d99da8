// Why a process is not dumped: "expected X, got Y", and what would help.

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_REFUSAL_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_REFUSAL_H_

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "converter/cli/messages.h"

namespace heapgrind {

// Unavailable: `text`, and a line with the hint if there is one.
inline absl::Status Refusal(absl::string_view text,
                            absl::string_view hint = "") {
  return absl::UnavailableError(
      hint.empty() ? std::string(text) : absl::StrCat(text, kBeforeHint, hint));
}

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_REFUSAL_H_
