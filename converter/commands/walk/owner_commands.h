// Commands that follow the owners, to both sides.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_WALK_OWNER_COMMANDS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_WALK_OWNER_COMMANDS_H_

#include "absl/status/statusor.h"
#include "converter/commands/walk/answer.h"
#include "converter/commands/walk/question.h"
#include "converter/commands/walk/walk_state.h"

namespace heapgrind {

// What each does, kWalkCommands says (walk_commands.cc).  Errors:
// InvalidArgument and NotFound, "expected X, got Y".
absl::StatusOr<Answer> ListOwners(const Question& question, WalkState* state);
absl::StatusOr<Answer> ListOwned(const Question& question, WalkState* state);
absl::StatusOr<Answer> ListLargest(const Question& question, WalkState* state);
absl::StatusOr<Answer> ListTypes(const Question& question, WalkState* state);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_WALK_OWNER_COMMANDS_H_
