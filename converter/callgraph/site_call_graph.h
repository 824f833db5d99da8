// Who made the objects: the tree of the lines that allocated them, with their
// callers, as a call graph.
//
//     main
//       app.py::<module>                    line 90 calls
//         shop.py::load (line 12)           lines 14 and 17: bytes of their own
//       no site::not traced
//
// A function is a function of the program, with the costs of its lines; the
// file comes first, so that a viewer's grouping by class sums bytes by file.
// Calls of a function by itself are folded.  Functions that call each other get
// levels (levels.h): no cycle appears, and nothing counts
// twice.

#ifndef HEAPGRIND_CONVERTER_CALLGRAPH_SITE_CALL_GRAPH_H_
#define HEAPGRIND_CONVERTER_CALLGRAPH_SITE_CALL_GRAPH_H_

#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "converter/callgraph/call_graph.h"
#include "converter/heap/heap_graph.h"
#include "converter/python/source_files.h"

namespace heapgrind {

// The call graph of what `nodes` cost; numbers that are no objects of `graph`
// do not count.  Near-linear.  With `ascii_names` other characters become
// <U+00E9> and the like.
// InvalidArgument: no object of the heap has a site.
absl::StatusOr<CallGraph> MakeSiteCallGraph(const HeapGraph& graph,
                                            absl::Span<const NodeId> nodes,
                                            bool ascii_names,
                                            const SourceFiles& sources);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CALLGRAPH_SITE_CALL_GRAPH_H_
