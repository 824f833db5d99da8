// Which objects may hold native memory: those whose own words are looked at.

#ifndef HEAPGRIND_SCANNER_NATIVE_OPAQUE_TYPES_H_
#define HEAPGRIND_SCANNER_NATIVE_OPAQUE_TYPES_H_

#include <cstddef>

#include "cpython/compat.h"

namespace heapgrind {

// How many bytes of an object of this type, from its beginning, belong to C
// code whose structs are not known; 0 if the scanner knows all of them, as it
// does of built-in types and of what a class statement adds.  A capsule holds a
// pointer and nothing else.
size_t OpaqueBytes(PyTypeObject* type);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_NATIVE_OPAQUE_TYPES_H_
