// Built-in types that some stages treat alike.

#ifndef HEAPGRIND_CONVERTER_PYTHON_VALUE_TYPES_H_
#define HEAPGRIND_CONVERTER_PYTHON_VALUE_TYPES_H_

#include <string_view>
#include <vector>

#include "converter/heap/heap_graph.h"

namespace heapgrind {

// Whether `type` is a built-in type that only holds other objects: list, dict.
bool IsContainerType(std::string_view type);

// By shape: whether its type is one of these.
std::vector<bool> FindContainerShapes(const HeapGraph& graph);

// Whether `type` is a built-in type of plain content: str, int.  Such objects
// are shared by chance or because they are equal.
bool IsAtomicType(std::string_view type);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PYTHON_VALUE_TYPES_H_
