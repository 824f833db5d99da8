// Shortest paths from the roots of a dump to an object, over references of all
// kinds.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_WALK_ROOT_PATHS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_WALK_ROOT_PATHS_H_

#include <cstdint>
#include <vector>

#include "converter/graph/reverse_edges.h"
#include "converter/heap/heap_graph.h"

namespace heapgrind {

// What refers to each object, by node; as often as it does.  Linear in the
// graph.
ReverseEdges ReferrersOf(const HeapGraph& graph);

// From an object that a root refers to, to another; each refers to the next.
using NodePath = std::vector<NodeId>;

// Up to `max_paths` paths to `target`, shortest first: for each object that
// refers to it one of the shortest that lead to that object without passing
// `target`; before them the path of `target` alone if a root refers to it.
// None if no root reaches it.  What is held from outside counts as referred to
// by a root.  Linear in the graph.
std::vector<NodePath> FindRootPaths(const HeapGraph& graph,
                                    const ReverseEdges& referrers,
                                    NodeId target, size_t max_paths);

// By node: the one before it on a shortest path from a root; kNoNode if a root
// refers to it, or if no root reaches it.  Linear in the graph.
std::vector<NodeId> NearestReferrers(const HeapGraph& graph);

// The first root that refers to `node`, as its index; graph.roots.size() if
// there is none.
size_t RootOf(const HeapGraph& graph, NodeId node);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_WALK_ROOT_PATHS_H_
