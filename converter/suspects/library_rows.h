// Which rows are a library's own: its definitions, and what is inside of
// instances of its classes.

#ifndef HEAPGRIND_CONVERTER_SUSPECTS_LIBRARY_ROWS_H_
#define HEAPGRIND_CONVERTER_SUSPECTS_LIBRARY_ROWS_H_

#include <vector>

#include "converter/heap/heap_graph.h"
#include "converter/profile/shown_rows.h"

namespace heapgrind {

// By row.  The standard library and what is installed are libraries
// (library_files.h).  Of an instance its class decides; plain containers and
// other objects of built-in types are their owner's.  Linear in the rows and
// the definitions.
std::vector<bool> FindLibraryRows(const HeapGraph& graph,
                                  const ShownRows& rows);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_SUSPECTS_LIBRARY_ROWS_H_
