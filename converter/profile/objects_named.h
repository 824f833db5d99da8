// The objects whose function has a name like this: what --focus looks at.

#ifndef HEAPGRIND_CONVERTER_PROFILE_OBJECTS_NAMED_H_
#define HEAPGRIND_CONVERTER_PROFILE_OBJECTS_NAMED_H_

#include <string_view>
#include <vector>

#include "converter/heap/heap_graph.h"
#include "converter/profile/function_table.h"

namespace heapgrind {

// By node: whether the name of its function contains `text`.
std::vector<bool> FindObjectsNamed(std::string_view text,
                                   const HeapGraph& graph,
                                   const FunctionTable& functions);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_OBJECTS_NAMED_H_
