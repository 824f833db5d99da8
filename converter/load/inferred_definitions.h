// What the definitions of a dump are called in full that does not say it.
//
// Meliae gives classes and functions their `__name__` alone.  The rest is in
// their namespaces: a class has its module as `__module__` in its dictionary (a
// static type in its name), a module its file as `__file__`, and a function is
// a method if the dictionary of a class holds it.

#ifndef HEAPGRIND_CONVERTER_LOAD_INFERRED_DEFINITIONS_H_
#define HEAPGRIND_CONVERTER_LOAD_INFERRED_DEFINITIONS_H_

#include "converter/heap/heap_graph.h"

namespace heapgrind {

// Fills in modules, qualified names and files in graph->definitions, by what
// graph->unnamed_dicts hold.  Linear in the graph.
void InferDefinitions(HeapGraph* graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_INFERRED_DEFINITIONS_H_
