// Which rows are instances of a class, which is what a program calls its
// objects, and which only hold those.

#ifndef HEAPGRIND_CONVERTER_SUSPECTS_INSTANCES_H_
#define HEAPGRIND_CONVERTER_SUSPECTS_INSTANCES_H_

#include <string_view>

#include "converter/heap/heap_graph.h"
#include "converter/profile/profile_tree.h"

namespace heapgrind {

// Containers, and bound methods.
bool OnlyHoldsOthers(std::string_view type);

// Whether a row's objects have a class that a class statement made, and are
// neither containers nor definitions.  `class_name`: "__class__" in
// graph.strings.
bool IsInstance(const HeapGraph& graph, StringId class_name,
                const ProfileNode& row);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_SUSPECTS_INSTANCES_H_
