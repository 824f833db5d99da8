// Large regular graphs on which algorithms for dominators are slow, deep or
// wrong: for tests and benchmarks.  Node 0 is the root.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_GRAPH_SHAPES_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_GRAPH_SHAPES_H_

#include <cstdint>

#include "converter/graph/components.h"

namespace heapgrind {

// 0 -> 1 -> 2 -> ...
Adjacency Chain(uint32_t num_nodes);

// A chain whose node n also refers to n / 2.
Adjacency ChainWithReturns(uint32_t num_nodes);

// A chain whose last node also refers to all others but the first two, so that
// the paths to compress are as long as can be.
Adjacency ChainWhoseEndRefersToAll(uint32_t num_nodes);

// A chain whose last node refers to the first.
Adjacency Cycle(uint32_t num_nodes);

// The root refers to all others.
Adjacency Star(uint32_t num_nodes);

// All refer to all.
Adjacency CompleteGraph(uint32_t num_nodes);

// A chain of the even nodes, each of which refers to the odd one after it.
Adjacency Comb(uint32_t num_nodes);

// Two rails, of the odd and of the even nodes, with rungs both ways between
// them: there are two disjoint paths to every node but the last.
Adjacency Ladder(uint32_t num_nodes);

// A chain, each of whose nodes but the root also refers to one of the payloads,
// in turn, which are the last nodes; before or after its next node.  Plain
// SEMI-NCA is quadratic here.
Adjacency ListWithSharedPayloads(uint32_t num_nodes, uint32_t num_payloads,
                                 bool is_next_first);

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_GRAPH_SHAPES_H_
