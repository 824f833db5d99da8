// The ownership graph straight from its definition, as an oracle for tests.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_NAIVE_OWNERSHIP_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_NAIVE_OWNERSHIP_H_

#include <set>
#include <utility>

#include "converter/graph/components.h"
#include "converter/heap/heap_graph.h"
#include "converter/owners/homes.h"
#include "converter/owners/ownership.h"

namespace heapgrind {

// Owner and owned, by the node numbers of OwnershipGraph.
using OwnershipEdges = std::set<std::pair<NodeId, NodeId>>;

// The edges by the definition in ownership.h, with sets of edges and a whole
// walk each round; time quadratic in the heap.
OwnershipEdges NaiveOwnership(const HeapGraph& graph, const Homes& homes,
                              OwnershipRules rules);

// The distinct edges of a graph.
OwnershipEdges EdgesOf(const OwnershipGraph& graph);

Adjacency AdjacencyOf(const OwnershipGraph& graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_NAIVE_OWNERSHIP_H_
