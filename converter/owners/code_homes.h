// Where code belongs that is nested in other code: among its constants.
//
// The outermost is that of functions.  What these nest has a home at any depth,
// also if no function was ever made of it.  The code of modules and class
// bodies is there only while it runs: what it nests belongs to the functions.

#ifndef HEAPGRIND_CONVERTER_OWNERS_CODE_HOMES_H_
#define HEAPGRIND_CONVERTER_OWNERS_CODE_HOMES_H_

#include "converter/heap/heap_graph.h"
#include "converter/owners/homes.h"

namespace heapgrind {

// Adds the tuple of constants that each has for its home.  Linear in the
// functions and their constants.
void FindCodeHomes(const HeapGraph& graph, Homes* homes);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OWNERS_CODE_HOMES_H_
