// The references that tp_traverse shows and no part stands for.

#ifndef HEAPGRIND_SCANNER_TRAVERSAL_H_
#define HEAPGRIND_SCANNER_TRAVERSAL_H_

#include "record_writer.h"

namespace heapgrind {

// Number of key, value pairs that PyDict_Next shows.
size_t CountPairs(PyObject* dict);

// Calls `writer` for what tp_traverse of `object` shows beyond the parts that
// `writer` has collected and, of a dictionary, beyond its pairs.
void WriteTraversed(PyObject* object, const TypeFacts& facts,
                    RecordWriter* writer);

// Calls `writer` for the elements of an object of a special type.
void WriteSpecialElements(PyObject* object, const hg_special_type& special,
                          RecordWriter* writer);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_TRAVERSAL_H_
