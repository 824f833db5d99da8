// The rows of a profile in an order that depends on nothing but what they say.

#ifndef HEAPGRIND_CONVERTER_PROFILE_ORDERED_ROWS_H_
#define HEAPGRIND_CONVERTER_PROFILE_ORDERED_ROWS_H_

#include "converter/base/string_table.h"
#include "converter/profile/profile_tree.h"

namespace heapgrind {

// The same tree with its nodes in another order: each node before what it owns
// and that before its next sibling; of siblings the one that retains most bytes
// first, and of equal ones the first in the order of their labels.  Neither
// addresses nor the order of the dump leave a trace, but of single objects.
// O(n log n).
ProfileTree OrderRows(const ProfileTree& tree, const StringTable& strings);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_ORDERED_ROWS_H_
