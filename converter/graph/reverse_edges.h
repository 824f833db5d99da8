// The edges of a graph by their targets: what leads to each node.

#ifndef HEAPGRIND_CONVERTER_GRAPH_REVERSE_EDGES_H_
#define HEAPGRIND_CONVERTER_GRAPH_REVERSE_EDGES_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "absl/types/span.h"
#include "converter/graph/row_starts.h"

namespace heapgrind {

class ReverseEdges {
 public:
  // `for_each_edge(visit)` calls visit(source, target) for each edge, the same
  // each time.  Linear; 4 bytes an edge and 4 a node, and 4 a node besides
  // while it is made.
  template <typename ForEachEdge>
  ReverseEdges(uint32_t num_nodes, ForEachEdge for_each_edge) {
    std::vector<uint32_t> sizes(num_nodes + size_t{1});
    for_each_edge([&](uint32_t, uint32_t target) { ++sizes[target + 1]; });
    first_ = RowStarts::OfSizes(std::move(sizes));
    sources_.resize(first_.end());
    std::vector<uint32_t> num_filled(num_nodes);
    for_each_edge([&](uint32_t source, uint32_t target) {
      sources_[first_[target] + num_filled[target]++] = source;
    });
  }

  // The sources of the edges to `node`, in the order of the edges; one as often
  // as it has edges to it.
  absl::Span<const uint32_t> Of(uint32_t node) const {
    return absl::MakeConstSpan(sources_).subspan(first_[node],
                                                 first_.SizeOf(node));
  }

 private:
  RowStarts first_;
  std::vector<uint32_t> sources_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_GRAPH_REVERSE_EDGES_H_
