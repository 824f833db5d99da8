// What the definitions of a Meliae dump are called in full.
//
// Meliae gives classes and functions their `__name__` alone.  The rest is in
// their namespaces: a class has its module as `__module__` in its dictionary (a
// static type in its name), a module its file as `__file__`, and a function is
// a method if the dictionary of a class holds it.

#ifndef HEAPGRIND_CONVERTER_PYTHON_INFERRED_DEFINITIONS_H_
#define HEAPGRIND_CONVERTER_PYTHON_INFERRED_DEFINITIONS_H_

#include "converter/heap/heap_graph.h"
#include "converter/python/namespaces.h"

namespace heapgrind {

// Fills in modules, qualified names and files in graph->definitions; does
// nothing for a dump with reference names, which says them itself.  Linear in
// the graph.
void InferDefinitions(const Namespaces& namespaces, HeapGraph* graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PYTHON_INFERRED_DEFINITIONS_H_
