// The names of objects that their owner does not refer to.
//
// Several owners share such an object, and many references may name it.  The
// best name wins.  The first of these that there is:
//
//   1. a variable of a module                      app.CACHE
//   2. an attribute of an object whose path is all names
//                                                  app.server.cache
//   3. an element, or a value with its key, of a container whose path is all
//      names                                       SESSIONS[*], ['eu']
//   4. an attribute of another object              .parent
//   5. an element of another container             rows[*], [*]
//   6. a local variable, also of a suspended generator
//   7. what the interpreter or a wrapper calls it: cell_contents, __self__
//   8. a reference without a name; a key
//   9. any reference from what the object itself owns: a back reference
//
// Of equal ones the first in the order of texts wins, so the result depends
// neither on addresses nor on the order of the dump.  An element goes by the
// container's name.

#ifndef HEAPGRIND_CONVERTER_PROFILE_SHARED_NAMES_H_
#define HEAPGRIND_CONVERTER_PROFILE_SHARED_NAMES_H_

#include <vector>

#include "converter/graph/subtree_places.h"
#include "converter/owners/owned_heap.h"
#include "converter/profile/leaf_names.h"
#include "converter/profile/reference_leaves.h"

namespace heapgrind {

// Gives the nodes in `is_wanted` that have none yet the best of the names that
// the roots and the nodes in `namers` have for them.  `leaves` has the names
// that owners give.  Linear in the references of `namers`.
void NameShared(const OwnedHeap& heap, ReferenceLeaves* references,
                const SubtreePlaces& subtrees,
                const std::vector<bool>& is_wanted,
                const std::vector<NodeId>& namers, Leaves* leaves);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_SHARED_NAMES_H_
