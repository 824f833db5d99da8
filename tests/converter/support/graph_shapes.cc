#include "tests/converter/support/graph_shapes.h"

#include <algorithm>
#include <vector>

namespace heapgrind {
namespace {

using Edges = std::vector<uint32_t>;

// A graph of `num_nodes` whose node n has the edges that `append(n, &edges)`
// appends.
template <typename Function>
Adjacency MakeGraph(uint32_t num_nodes, Function append) {
  Adjacency graph;
  graph.first.reserve(num_nodes);
  for (uint32_t node = 0; node < num_nodes; ++node) {
    append(node, &graph.edges);
    graph.first.push_back(graph.edges.size());
  }
  return graph;
}

}  // namespace

Adjacency Chain(uint32_t num_nodes) {
  return MakeGraph(num_nodes, [=](uint32_t node, Edges* edges) {
    if (node + 1 < num_nodes) edges->push_back(node + 1);
  });
}

Adjacency ChainWithReturns(uint32_t num_nodes) {
  return MakeGraph(num_nodes, [=](uint32_t node, Edges* edges) {
    if (node + 1 < num_nodes) edges->push_back(node + 1);
    edges->push_back(node / 2);
  });
}

Adjacency ChainWhoseEndRefersToAll(uint32_t num_nodes) {
  return MakeGraph(num_nodes, [=](uint32_t node, Edges* edges) {
    if (node + 1 < num_nodes) edges->push_back(node + 1);
    for (uint32_t i = 2; node + 1 == num_nodes && i < num_nodes; ++i) {
      edges->push_back(i);
    }
  });
}

Adjacency Cycle(uint32_t num_nodes) {
  return MakeGraph(num_nodes, [=](uint32_t node, Edges* edges) {
    edges->push_back((node + 1) % num_nodes);
  });
}

Adjacency Star(uint32_t num_nodes) {
  return MakeGraph(num_nodes, [=](uint32_t node, Edges* edges) {
    for (uint32_t i = 1; node == 0 && i < num_nodes; ++i) edges->push_back(i);
  });
}

Adjacency CompleteGraph(uint32_t num_nodes) {
  return MakeGraph(num_nodes, [=](uint32_t, Edges* edges) {
    for (uint32_t i = 0; i < num_nodes; ++i) edges->push_back(i);
  });
}

Adjacency Comb(uint32_t num_nodes) {
  return MakeGraph(num_nodes, [=](uint32_t node, Edges* edges) {
    if (node % 2 == 1) return;
    if (node + 1 < num_nodes) edges->push_back(node + 1);
    if (node + 2 < num_nodes) edges->push_back(node + 2);
  });
}

Adjacency Ladder(uint32_t num_nodes) {
  return MakeGraph(num_nodes, [=](uint32_t node, Edges* edges) {
    if (node == 0) *edges = {1, 2};
    if (node == 0) return;
    if (node + 2 < num_nodes) edges->push_back(node + 2);
    const uint32_t other = node % 2 == 1 ? node + 1 : node - 1;
    if (other < num_nodes) edges->push_back(other);
  });
}

Adjacency ListWithSharedPayloads(uint32_t num_nodes, uint32_t num_payloads,
                                 bool is_next_first) {
  const uint32_t num_list_nodes = num_nodes - num_payloads - 1;
  return MakeGraph(num_nodes, [=](uint32_t node, Edges* edges) {
    if (node > num_list_nodes) return;
    if (node < num_list_nodes) edges->push_back(node + 1);
    if (node > 0) edges->push_back(num_list_nodes + 1 + node % num_payloads);
    if (!is_next_first && node > 0 && node < num_list_nodes) {
      std::reverse(edges->end() - 2, edges->end());
    }
  });
}

}  // namespace heapgrind
