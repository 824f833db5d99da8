// The dominator tree: for each node the nearest one that every path from the
// root goes through.
//
// SEMI-NCA (Georgiadis, Tarjan and Werneck, "Finding dominators in practice",
// 2006): semidominators as in Lengauer and Tarjan, 1979, by path compression;
// then a node's immediate dominator is the nearest ancestor, in the dominator
// tree, of its parent that is not below its semidominator.  To go up there step
// by step is quadratic where a list's nodes share payloads; with pointers that
// jump (Myers, "An applicative random-access stack", 1983) it takes O(log n).
// O(m log n) in all, with explicit stacks.

#ifndef HEAPGRIND_CONVERTER_GRAPH_DOMINATORS_H_
#define HEAPGRIND_CONVERTER_GRAPH_DOMINATORS_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "converter/base/byte_sizes.h"
#include "converter/graph/reverse_edges.h"
#include "converter/graph/row_starts.h"

namespace heapgrind {

inline constexpr uint32_t kNoDominator = UINT32_MAX;

struct DominatorTree {
  // The nodes that the root reaches, each after its immediate dominator.  The
  // root comes first.
  std::vector<uint32_t> preorder;

  // By node.  kNoDominator for the root and for nodes it does not reach.
  std::vector<uint32_t> idom;

  // How many steps from a node to one above it were taken: what the time
  // depends on, beside the size of the graph.
  uint64_t num_steps = 0;
};

// The dominator tree of a graph by compressed adjacency, a row of edges for
// each node.  Memory besides the result: 20 bytes for each node that is no leaf
// with one referrer, 8 to 12 for each edge to these but one, 8 for each node on
// the longest path of the search, a quarter byte for each node.
DominatorTree ComputeDominators(const RowStarts& first_edge,
                                absl::Span<const uint32_t> edges,
                                uint32_t root);

// The tree from above: the nodes whose immediate dominator a node is, in
// ascending order, are what leads to it.  Linear.
ReverseEdges DominatorChildren(const DominatorTree& tree);

// By node: the sum of `size` over the node and all that it dominates.  `size`
// may be shorter than the tree has nodes; those beyond its end have none.
// Linear.
std::vector<uint64_t> RetainedBytes(const ByteSizes& size,
                                    const DominatorTree& tree);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_GRAPH_DOMINATORS_H_
