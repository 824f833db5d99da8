// The functions of a program that allocated its objects.

#ifndef HEAPGRIND_CONVERTER_CALLGRAPH_SITE_FUNCTIONS_H_
#define HEAPGRIND_CONVERTER_CALLGRAPH_SITE_FUNCTIONS_H_

#include <cstdint>
#include <vector>

#include "converter/callgraph/call_graph.h"
#include "converter/heap/heap_graph.h"
#include "converter/python/source_files.h"

namespace heapgrind {

struct SiteFunctions {
  // Names, objects, files and lines; names are clean and need not be unique.
  std::vector<Function> functions;
  std::vector<uint32_t> function_of_site;
};

// The functions that the sites of `graph` are in, in the order of their names,
// files and lines.
SiteFunctions FindSiteFunctions(const HeapGraph& graph,
                                const SourceFiles& sources);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CALLGRAPH_SITE_FUNCTIONS_H_
