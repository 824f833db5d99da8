// Name paths: the expressions that reach places, mod_cache.CACHE['sess-7'].data

#ifndef HEAPGRIND_CONVERTER_COMMANDS_WALK_NAME_PATH_H_
#define HEAPGRIND_CONVERTER_COMMANDS_WALK_NAME_PATH_H_

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "converter/commands/walk/edges.h"
#include "converter/commands/walk/walk_heap.h"

namespace heapgrind {

// Cuts a text into the names of its steps, each as edges.h writes it, whatever
// blanks, quotes and numbers of the user's it has.  InvalidArgument: a bracket
// or quote does not end.
absl::StatusOr<std::vector<std::string>> SplitSteps(std::string_view text);

// The place that `path` names: an address (0x7f0c, also with steps behind it),
// `main`, a module or a root (`shop.sessions`, `MainThread`) with steps behind
// it, or steps from `here`, which need no dot in front (`.data`, `data`).
// NotFound: there is none; the message says how far the path leads and, with a
// second line, what may be meant.
absl::StatusOr<Place> FindPlace(const WalkHeap& heap, Place here,
                                std::string_view path);

// What the name path `text` is the beginning of: the place that its front
// leads to, kNoPlace if to none, and how many bytes that front has.  The rest
// is the beginning of a step.
struct PathFront {
  Place place = kNoPlace;
  size_t size = 0;
};
PathFront FindPathFront(const WalkHeap& heap, Place here,
                        std::string_view text);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_WALK_NAME_PATH_H_
