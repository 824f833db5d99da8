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
#include "converter/profile/profile_tree.h"
#include "converter/python/source_files.h"

namespace heapgrind {

// Linear in the functions, the lengths of their names, and the sources that
// they are in.  With `ascii_names` other characters become <U+00E9> and the
// like.
CallGraph MakePathCallGraph(const HeapGraph& graph, const ProfileTree& tree,
                            bool ascii_names, SourceFiles* sources);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CALLGRAPH_PATH_CALL_GRAPH_H_
