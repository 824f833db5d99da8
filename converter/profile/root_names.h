// What roots are called in the profile.

#ifndef HEAPGRIND_CONVERTER_PROFILE_ROOT_NAMES_H_
#define HEAPGRIND_CONVERTER_PROFILE_ROOT_NAMES_H_

#include <string>
#include <vector>

#include "converter/heap/heap_graph.h"

namespace heapgrind {

// By root.  A thread that `threading` did not start has no name: its number
// among these stands for it, in the order of the roots.  Three threads and more
// whose names differ in a number alone are one population, such as a pool:
// `worker-*`.  Other roots without a name are `state`.  Linear in the roots.
std::vector<std::string> RootNames(const HeapGraph& graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_ROOT_NAMES_H_
