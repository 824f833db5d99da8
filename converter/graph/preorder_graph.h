// A graph as its dominators are computed from: in the order of a depth-first
// search, without the leaves that have one referrer.
//
// Such a leaf belongs to its referrer, which needs no computing; in a Python
// heap that is more than half of all nodes.  The others are numbered as the
// search enters them, so that a node's number is higher than its ancestors',
// and most accesses are near each other.  Each edge is looked at once, by the
// search; what it does not follow goes into the lists of predecessors.
//
//     0 --> 1 --> 2 --> x        parent        0 <- 1 <- 2 <- 3
//           1 --> 3              predecessors  of 3: 1; of 1: 3
//                 2 --> 3 --> 1  folded        x, below 2

#ifndef HEAPGRIND_CONVERTER_GRAPH_PREORDER_GRAPH_H_
#define HEAPGRIND_CONVERTER_GRAPH_PREORDER_GRAPH_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "converter/graph/row_starts.h"

namespace heapgrind {

// A node's place in the order of the search.  The root is number 0.
using PreorderNumber = uint32_t;

struct PreorderGraph {
  // By number.
  std::vector<uint32_t> node;
  std::vector<PreorderNumber> parent;  // In the search's tree; the root's is 0.

  // The sources of the edges to a number that are not in the search's tree.
  // Edges to oneself and to the root, which say nothing, are left out.
  RowStarts first_predecessor;
  std::vector<PreorderNumber> predecessors;
};

// Searches what `root` reaches, edges in their order, with a stack of its own.
// Fills `visited` with the nodes in the order in which they are met, leaves
// too, and `place`, by node: of a folded leaf its referrer, of another node its
// number, UINT32_MAX of what the root does not reach.
PreorderGraph SearchDepthFirst(const RowStarts& first_edge,
                               absl::Span<const uint32_t> edges, uint32_t root,
                               std::vector<uint32_t>* visited,
                               std::vector<uint32_t>* place);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_GRAPH_PREORDER_GRAPH_H_
