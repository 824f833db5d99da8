// References from a part back to its whole: they use it, and do not own it.
//
//     tree --> list of nodes --> node        tree   the whole
//       ^                          |         node   a part
//       `---------- .tree ---------'         .tree  the back reference
//
// A part is an element of a built-in container, or a value of a dictionary,
// that an attribute of the whole holds, and of no other object.  An attribute
// that refers back from one object does so from all of its type whose whole
// holds them itself: `body` is a list of nodes, `test` is a node, and `parent`
// of all of them leads back.
//
// Without this whoever holds one node of a tree would share all of it: the node
// leads to its parent, and that to all the others.

#ifndef HEAPGRIND_CONVERTER_OWNERS_BACK_REFERENCES_H_
#define HEAPGRIND_CONVERTER_OWNERS_BACK_REFERENCES_H_

#include <vector>

#include "converter/heap/heap_graph.h"

namespace heapgrind {

// By place in graph.references; empty if there is none.  Attributes are what
// instances refer to by name, themselves or in their `__dict__`.  Linear in the
// references.
std::vector<bool> FindBackReferences(const HeapGraph& graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OWNERS_BACK_REFERENCES_H_
