// Which site of a program called each site.

#ifndef HEAPGRIND_CONVERTER_CALLGRAPH_SITE_CALLERS_H_
#define HEAPGRIND_CONVERTER_CALLGRAPH_SITE_CALLERS_H_

#include <cstdint>
#include <vector>

#include "converter/heap/heap_graph.h"

namespace heapgrind {

// By site: its caller, which has a lower number, or AllocationSite::kNone.
// Callers that are not the program's are left out: the import system between a
// module and what imports it, as Python leaves it out of tracebacks, and what
// has started the program (runpy, `heapgrind run`), at the outer end.  Linear.
std::vector<uint32_t> FindSiteCallers(const HeapGraph& graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CALLGRAPH_SITE_CALLERS_H_
