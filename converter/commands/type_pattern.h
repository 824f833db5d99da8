// The objects whose type matches --type.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_TYPE_PATTERN_H_
#define HEAPGRIND_CONVERTER_COMMANDS_TYPE_PATTERN_H_

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "converter/commands/analyzed_heap.h"

namespace heapgrind {

// By node: whether its type's name matches a shell pattern, as fnmatch(3) has
// it.  "" matches all.
std::vector<bool> NodesOfType(const std::string& pattern, AnalyzedHeap* heap);

// NotFound: no object's type matches `pattern`.  Its hint names the type that
// may be meant: one whose name, or whose name without its module, is like the
// pattern (closest_name.h).
absl::Status NoObjectOfType(const std::string& pattern, AnalyzedHeap* heap);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_TYPE_PATTERN_H_
