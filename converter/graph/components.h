// Strongly connected components, and those among them that nothing enters.

#ifndef HEAPGRIND_CONVERTER_GRAPH_COMPONENTS_H_
#define HEAPGRIND_CONVERTER_GRAPH_COMPONENTS_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "converter/graph/row_starts.h"

namespace heapgrind {

// A graph by compressed adjacency (row_starts.h).
struct Adjacency {
  RowStarts first;
  std::vector<uint32_t> edges;

  uint32_t num_nodes() const { return static_cast<uint32_t>(first.num_rows()); }
  absl::Span<const uint32_t> Edges(uint32_t node) const {
    return absl::MakeConstSpan(edges).subspan(first[node], first.SizeOf(node));
  }
};

struct Components {
  uint32_t num_components = 0;
  // By node.  An edge between components leads to a lower number.
  std::vector<uint32_t> component_of_node;
};

// Linear, iterative.  Tarjan, "Depth-first search and linear graph algorithms",
// 1972.
Components FindComponents(const Adjacency& graph);

// By component: whether an edge leads into it from another one.
std::vector<bool> ComponentsEntered(const Adjacency& graph,
                                    const Components& components);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_GRAPH_COMPONENTS_H_
