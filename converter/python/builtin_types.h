// Built-in types that some stages treat alike, and the objects of theirs of
// which every process has one.

#ifndef HEAPGRIND_CONVERTER_PYTHON_BUILTIN_TYPES_H_
#define HEAPGRIND_CONVERTER_PYTHON_BUILTIN_TYPES_H_

#include <string_view>
#include <vector>

#include "converter/heap/heap_graph.h"

namespace heapgrind {

// The type of what native code has allocated: a block of malloc.
inline constexpr std::string_view kNativeType = "(native)";

// Whether `type` is one of characters or bytes: str, bytes, unicode.
bool IsTextType(std::string_view type);

// Whether `type` is a built-in type that only holds other objects: list, dict.
bool IsContainerType(std::string_view type);

// By shape: whether its type is one of these.
std::vector<bool> FindContainerShapes(const HeapGraph& graph);

// Whether `type` is one whose objects have an order of elements, to which they
// refer without names: list, children in XML, objects in numpy's arrays.
bool IsSequenceType(std::string_view type);

// By shape: whether what its objects refer to without a name are elements:
// of a container or a sequence.
std::vector<bool> FindElementShapes(const HeapGraph& graph);

// By shape: whether its type is one of generators and coroutines, which keep
// their frames' variables.
std::vector<bool> FindGeneratorShapes(const HeapGraph& graph);

// Whether `type` is a built-in type of plain content: str, int.  Such objects
// are shared by chance or because they are equal.
bool IsAtomicType(std::string_view type);

// Whether `node` is an object of which every process has one: None, True, small
// ints and the like, empty and one-character strings.  They are everybody's.
// In dumps that do not say which these are, all that are equal to them.
bool IsSingleton(const HeapGraph& graph, NodeId node);

// By shape: whether its objects can be singletons at all.
std::vector<bool> FindSingletonShapes(const HeapGraph& graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PYTHON_BUILTIN_TYPES_H_
