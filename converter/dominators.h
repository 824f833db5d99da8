// The dominator tree: for each node the nearest one that every path from the
// root goes through.
//
// Lengauer and Tarjan, "A fast algorithm for finding dominators in a
// flowgraph", 1979, the simple version: path compression without balancing, O(m
// log n). It works on preorder numbers, so that most accesses are near each
// other, and with explicit stacks.

#ifndef HEAPGRIND_CONVERTER_DOMINATORS_H_
#define HEAPGRIND_CONVERTER_DOMINATORS_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "converter/byte_sizes.h"
#include "converter/row_starts.h"

namespace heapgrind {

inline constexpr uint32_t kNoDominator = UINT32_MAX;

struct DominatorTree {
  // The nodes that the root reaches, each after its immediate dominator.  The
  // root comes first.
  std::vector<uint32_t> preorder;

  // By node.  kNoDominator for the root and for nodes it does not reach.
  std::vector<uint32_t> idom;
};

// The dominator tree of a graph by compressed adjacency, a row of edges for
// each node.  Memory: 24 bytes a node and 4 an edge besides the result.
DominatorTree ComputeDominators(const RowStarts& first_edge,
                                absl::Span<const uint32_t> edges,
                                uint32_t root);

// By node: the sum of `size` over the node and all that it dominates.  `size`
// may be shorter than the tree has nodes; those beyond its end have none.
// Linear.
std::vector<uint64_t> RetainedBytes(const ByteSizes& size,
                                    const DominatorTree& tree);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DOMINATORS_H_
