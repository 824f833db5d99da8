// What `find` looks for: type=GLOB value~TEXT size>N retained>N name~TEXT.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_WALK_FIND_TERMS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_WALK_FIND_TERMS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "converter/commands/walk/walk_heap.h"

namespace heapgrind {

struct FindTerm {
  enum class Key { kType, kValue, kName, kSize, kRetained };
  Key key = Key::kType;
  // `=`: is it (a type: fits the pattern); `~`: contains it; `<`, `>`.
  char comparison = '=';
  std::string text;    // Of type, value and name.
  uint64_t bytes = 0;  // Of size and retained.
};

// Reads terms.  InvalidArgument: one is none, or there are none.
absl::StatusOr<std::vector<FindTerm>> ParseFindTerms(
    const std::vector<std::string>& words);

// The objects that fit all terms, by node.  A name is that of a reference to
// the object (attribute, key), or a definition's own.  Linear in the graph.
std::vector<Place> FindObjects(const WalkHeap& heap,
                               const std::vector<FindTerm>& terms);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_WALK_FIND_TERMS_H_
