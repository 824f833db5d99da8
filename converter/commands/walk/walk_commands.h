// The commands of a walk: a table, and what follows from it.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_WALK_WALK_COMMANDS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_WALK_WALK_COMMANDS_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "converter/commands/walk/answer.h"
#include "converter/commands/walk/question.h"
#include "converter/commands/walk/walk_state.h"

namespace heapgrind {

struct WalkCommand {
  const char* name;
  const char* words;  // What may follow it.
  const char* help;   // Lines, the first of which says it all.
  absl::StatusOr<Answer> (*run)(const Question& question, WalkState* state);
};

// All commands but `quit`, in the order in which a newcomer wants to read of
// them.
absl::Span<const WalkCommand> WalkCommands();

// A line for each command, with what may follow it.
std::vector<std::string> DescribeCommands();

// Answers a question.  InvalidArgument or NotFound: it cannot be answered; the
// message, "expected X, got Y", says why.
absl::StatusOr<Answer> Ask(const Question& question, WalkState* state);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_WALK_WALK_COMMANDS_H_
