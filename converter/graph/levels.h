// Levels that make a graph acyclic, for viewers whose inclusive costs mean
// nothing in a cycle.
//
// The nodes of a strongly connected component are ranked by their numbers.  A
// path that goes from one of them to another of no higher rank goes on one
// level deeper:
//
//     1 -> 2 -> 1        1 -> 2 -> 1 (level 1)
//
// A node at a level is then a node of its own.  A path that stays at one node
// stays at one level.  Levels end at kMaxLevel: what lies deeper is one node.

#ifndef HEAPGRIND_CONVERTER_GRAPH_LEVELS_H_
#define HEAPGRIND_CONVERTER_GRAPH_LEVELS_H_

#include <cstdint>
#include <utility>
#include <vector>

namespace heapgrind {

inline constexpr uint32_t kMaxLevel = 16;

// A node, and its level.
using NodeAtLevel = std::pair<uint32_t, uint32_t>;

class Levels {
 public:
  // Of a graph of `num_nodes` nodes and of `edges`, (from, to), each once and
  // in ascending order.  `deep`, a node without edges, stands for what lies
  // deeper.
  Levels(uint32_t num_nodes,
         const std::vector<std::pair<uint32_t, uint32_t>>& edges,
         uint32_t deep);

  // Where an edge from `above` to `node` leads.
  NodeAtLevel Below(NodeAtLevel above, uint32_t node) const;

 private:
  const uint32_t deep_;
  std::vector<uint32_t> component_;  // By node.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_GRAPH_LEVELS_H_
