// What programs say to the person who runs them.

#ifndef HEAPGRIND_CONVERTER_CLI_MESSAGES_H_
#define HEAPGRIND_CONVERTER_CLI_MESSAGES_H_

#include <string>

#include "absl/strings/string_view.h"

namespace heapgrind {

// Comes before a line that says what the user can do.
inline constexpr absl::string_view kBeforeHint = "\nhint: ";

// Stands in a message for the program that says it.
inline constexpr absl::string_view kThisProgram = "{program}";

// A message as it is shown: without hidden characters (visible_text.h), which
// it may quote, but for the line feeds before hints.
std::string MessageText(absl::string_view program, absl::string_view text);

// Writes "PROGRAM: TEXT" to standard error, as one line and its hints.
void Say(absl::string_view program, absl::string_view text);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CLI_MESSAGES_H_
