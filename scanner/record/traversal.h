// The references that tp_traverse shows.

#ifndef HEAPGRIND_SCANNER_RECORD_TRAVERSAL_H_
#define HEAPGRIND_SCANNER_RECORD_TRAVERSAL_H_

#include <cstddef>

#include "cpython/compat.h"
#include "record/type_table.h"

namespace heapgrind {

// Number of key, value pairs that PyDict_Next shows.
size_t CountPairs(PyObject* dict);

// Calls `visit` for what tp_traverse of `object` shows; of a dictionary, for
// what it shows beyond the pairs.  `visit` always returns 0.
void VisitTraversed(PyObject* object, const TypeFacts& facts, visitproc visit,
                    void* context);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_TRAVERSAL_H_
