// Gathers what is too small to see.
//
// Each function keeps its large callees.  The others, with all that is below
// them, are gathered by type, so that a viewer's sums by type stay right: a
// type that is large enough gets a callee of its own, and the rest become one
// callee of type "small".  The total does not change.

#ifndef HEAPGRIND_CONVERTER_PRUNE_H_
#define HEAPGRIND_CONVERTER_PRUNE_H_

#include <cstdint>

#include "converter/profile_tree.h"
#include "converter/string_table.h"

namespace heapgrind {

struct PruneLimits {
  double min_percent = 0.01;       // Of all bytes; smaller functions go.
  uint64_t max_functions = 20000;  // At least 2: main and one for the rest.
  uint64_t max_callees = 5000;     // KCachegrind's views are quadratic in them.
};

// Keeps the functions of single objects (Label::object) and what owns them, and
// gathers everything else.
ProfileTree PruneToSingleObjects(const ProfileTree& tree, StringTable* strings);

// O(n log n) in the functions.
ProfileTree Prune(const ProfileTree& tree, const PruneLimits& limits,
                  StringTable* strings);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PRUNE_H_
