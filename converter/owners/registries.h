// Dictionaries of the standard library that list what belongs to others.
//
//   threading._active, _limbo                   threads
//   asyncio.tasks._current_tasks                event loops and their tasks
//   concurrent.futures.thread._threads_queues   the queues of pools of threads
//   re._cache                                   compiled patterns
//
// They are owners of last resort: what nothing else holds is theirs.

#ifndef HEAPGRIND_CONVERTER_OWNERS_REGISTRIES_H_
#define HEAPGRIND_CONVERTER_OWNERS_REGISTRIES_H_

#include <vector>

#include "converter/heap/heap_graph.h"

namespace heapgrind {

// The dictionaries above, as far as named references lead to them.
// Linear in the definitions and in the variables of these modules.
std::vector<NodeId> FindRegistries(const HeapGraph& graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OWNERS_REGISTRIES_H_
