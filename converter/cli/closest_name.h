// What a user may have meant by a word that is not known.

#ifndef HEAPGRIND_CONVERTER_CLI_CLOSEST_NAME_H_
#define HEAPGRIND_CONVERTER_CLI_CLOSEST_NAME_H_

#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace heapgrind {

// The one of `names` that `word` begins, or else the one that takes fewest
// edits to make of it, at most two and fewer than half of its letters.  An edit
// puts in, takes out or replaces a letter, or swaps two neighbours.  "" if
// there is none.  Of equals, the first.
std::string ClosestName(absl::string_view word,
                        const std::vector<std::string>& names);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CLI_CLOSEST_NAME_H_
