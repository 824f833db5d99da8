// Commands that move, and that say what is at a place.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_WALK_PLACE_COMMANDS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_WALK_PLACE_COMMANDS_H_

#include "absl/status/statusor.h"
#include "converter/commands/walk/answer.h"
#include "converter/commands/walk/question.h"
#include "converter/commands/walk/walk_state.h"

namespace heapgrind {

// What each does, kWalkCommands says (walk_commands.cc).  Errors:
// InvalidArgument and NotFound, "expected X, got Y".
absl::StatusOr<Answer> List(const Question& question, WalkState* state);
absl::StatusOr<Answer> Go(const Question& question, WalkState* state);
absl::StatusOr<Answer> GoUp(const Question& question, WalkState* state);
absl::StatusOr<Answer> GoBack(const Question& question, WalkState* state);
absl::StatusOr<Answer> Describe(const Question& question, WalkState* state);
absl::StatusOr<Answer> ShowSource(const Question& question, WalkState* state);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_WALK_PLACE_COMMANDS_H_
