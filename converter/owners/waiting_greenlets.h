// Which greenlet a greenlet belongs to, where nothing else holds it: its
// parent.
//
// A greenlet that waits is called back by C code, which alone may know it:
// libev holds a watcher, which leads to it.  Its parent, gevent's hub or what a
// thread began with, goes on when it ends.

#ifndef HEAPGRIND_CONVERTER_OWNERS_WAITING_GREENLETS_H_
#define HEAPGRIND_CONVERTER_OWNERS_WAITING_GREENLETS_H_

#include <utility>
#include <vector>

#include "converter/heap/heap_graph.h"

namespace heapgrind {

// Parent and greenlet, sorted, of those that have frames: which have a
// `gr_frame` and a `parent`.  A parent borrows them.  Linear in the nodes.
std::vector<std::pair<NodeId, NodeId>> FindWaitingGreenlets(
    const HeapGraph& graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OWNERS_WAITING_GREENLETS_H_
