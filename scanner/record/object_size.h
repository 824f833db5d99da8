// What an object costs, computed from its struct.
//
// `__sizeof__` is never called: a class may define it in Python, and pandas
// returns the size of whole tables from it.

#ifndef HEAPGRIND_SCANNER_RECORD_OBJECT_SIZE_H_
#define HEAPGRIND_SCANNER_RECORD_OBJECT_SIZE_H_

#include <cstdint>

#include "cpython/compat.h"
#include "memory/static_memory.h"
#include "record/type_table.h"

namespace heapgrind {

// Bytes.  docs/dump_format.md defines the three.
struct ObjectSize {
  uint64_t size;
  uint64_t gc;     // Part of size.
  uint64_t slack;  // Not part of size.
  // What the allocators have handed out for it: slack and the part of size
  // that is neither in a program file nor mapped by the object itself.
  uint64_t allocated;
};

// `static_memory` knows which objects the allocators did not hand out.
ObjectSize SizeOf(PyObject* object, const TypeFacts& facts,
                  StaticMemory* static_memory);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_OBJECT_SIZE_H_
