// The homes of what a root owns although others hold it, too.
//
//   Thread         the threading.Thread of a thread; `threading._active` and
//                  the program's own variables only use it.
//   local          the dictionaries that objects of threading.local keep for a
//                  thread: their tables only use them.
//   greenlet       one that stands in such a dictionary, as gevent's hub does.
//   static type    a class of C code that no module holds under its name, such
//                  as the type of functions; every object of it refers to it.

#ifndef HEAPGRIND_CONVERTER_OWNERS_ROOT_HOMES_H_
#define HEAPGRIND_CONVERTER_OWNERS_ROOT_HOMES_H_

#include "converter/heap/heap_graph.h"
#include "converter/owners/homes.h"

namespace heapgrind {

// Adds these homes; a node that has one keeps it.  Linear in the roots.
void FindRootHomes(const HeapGraph& graph, Homes* homes);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OWNERS_ROOT_HOMES_H_
