// Makes large heap dumps of shapes that are hard to convert, for benchmarks.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_GENERATED_SHAPES_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_GENERATED_SHAPES_H_

#include <cstdint>
#include <string_view>

#include "tests/converter/support/generated_heap.h"

namespace heapgrind {

// Whether GenerateShape() knows `name`.
bool IsShape(std::string_view name);

// A Meliae dump, without names of references, of about `num_objects` objects
// below modules.  The same arguments give the same dump.  `name` is one of
//
//   paths    nearly every object has a path of its own: a random tree of a
//            thousand types.  A twentieth of the objects is referred to from
//            all over, some of them from thousands of places; 2.6 references
//            an object.
//   chains   linked lists of up to ten thousand nodes with two payloads each, a
//            few longer ones, and lists of ten thousand elements.
//   sharers  half of the objects are referred to by two to five others, which
//            have different owners.
GeneratedHeap GenerateShape(std::string_view name, uint64_t num_objects);

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_GENERATED_SHAPES_H_
