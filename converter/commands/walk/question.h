// A line that the user has typed, as commands and their words.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_WALK_QUESTION_H_
#define HEAPGRIND_CONVERTER_COMMANDS_WALK_QUESTION_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace heapgrind {

// One command.
struct Question {
  std::string command;
  std::vector<std::string> words;  // As typed, but for -n N.
  size_t max_rows = 20;            // Of -n N.
};

// The words of a line, each as typed: quotes and what they hold, and brackets,
// belong to the word that they stand in.  A semicolon between words is a word.
// InvalidArgument: a quote does not end.
absl::StatusOr<std::vector<std::string>> SplitWords(std::string_view line);

// The commands of a line; none if it is blank or a comment, which begins with
// `#`.  Errors are those of SplitWords, and InvalidArgument if no number
// follows -n.
absl::StatusOr<std::vector<Question>> ParseQuestions(std::string_view line);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_WALK_QUESTION_H_
