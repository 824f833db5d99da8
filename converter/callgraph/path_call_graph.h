// The profile tree as a call graph: names, source files and lines.
//
// A function is named TYPE::LEAF (PATH).  TYPE comes first, so that a viewer's
// grouping by class sums bytes by type; LEAF is the attribute, key or [*]; PATH
// is the Python expression that reaches the objects:
//
//     module::core (pandas.core)
//     dict::CACHE (app.CACHE)
//       Session::[*] (app.CACHE[*])
//         dict::data (app.CACHE[*].data)
//     dict::CONFIG (shared: app, data)
//     str::small (pandas.core: 57 objects)
//     small::426 objects of 12 types (pandas.core)

#ifndef HEAPGRIND_CONVERTER_CALLGRAPH_PATH_CALL_GRAPH_H_
#define HEAPGRIND_CONVERTER_CALLGRAPH_PATH_CALL_GRAPH_H_

#include "converter/callgraph/call_graph.h"
#include "converter/heap/heap_graph.h"
#include "converter/profile/shown_rows.h"
#include "converter/python/source_files.h"

namespace heapgrind {

// Linear in the rows and their calls.
CallGraph MakePathCallGraph(const HeapGraph& graph, const ShownRows& rows,
                            const SourceFiles& sources);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CALLGRAPH_PATH_CALL_GRAPH_H_
