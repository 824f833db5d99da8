// Dictionaries, sets and lists of the interpreter and of the standard library
// that list what belongs to others.
//
//   the interpreter's `interned`                strings (from Python 3.12 on)
//   its `gc.callbacks`, `before_forkers`, ...   what is called then
//   threading._active, _limbo                   threads
//   multiprocessing.process._children           child processes
//   asyncio.tasks._current_tasks                event loops and their tasks
//   asyncio.tasks._eager_tasks                  tasks (from Python 3.12 on)
//   concurrent.futures.thread._threads_queues   the queues of pools of threads
//   concurrent.futures.process._threads_wakeups the pipes of pools of processes
//   re._cache, _cache2                          compiled patterns
//   the event loop policy's data of a thread    the thread's event loop
//   the co_names of code, and the like          the names that it uses
//
// They are owners of last resort: what nothing else holds is theirs.

#ifndef HEAPGRIND_CONVERTER_OWNERS_REGISTRIES_H_
#define HEAPGRIND_CONVERTER_OWNERS_REGISTRIES_H_

#include <vector>

#include "converter/heap/heap_graph.h"

namespace heapgrind {

// The objects above, as far as named references lead to them.
// Linear in the roots, in the definitions, in the variables of these modules,
// and in what the interpreter holds.
std::vector<NodeId> FindRegistries(const HeapGraph& graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OWNERS_REGISTRIES_H_
