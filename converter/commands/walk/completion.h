// What may complete a line that is being typed.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_WALK_COMPLETION_H_
#define HEAPGRIND_CONVERTER_COMMANDS_WALK_COMPLETION_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "converter/commands/walk/walk_state.h"

namespace heapgrind {

struct Completion {
  // How many bytes at the end of the line the candidates stand for.
  size_t num_replaced = 0;
  std::vector<std::string> candidates;  // Sorted, each once.
};

// Candidates for the end of `line`: commands; behind a command names from here,
// modules and, with find, terms and types.
Completion Complete(std::string_view line, WalkState* state);

// The longest text of whole characters that all candidates begin with.
std::string CommonPrefix(const std::vector<std::string>& candidates);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_WALK_COMPLETION_H_
