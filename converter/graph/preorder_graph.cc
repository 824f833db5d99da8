#include "converter/graph/preorder_graph.h"

#include <algorithm>
#include <utility>

#include "converter/base/fetch_ahead.h"

namespace heapgrind {
namespace {

constexpr uint32_t kNowhere = UINT32_MAX;

// Edges that are fetched ahead.  Most nodes have fewer.
constexpr uint64_t kAhead = 8;

// Which nodes are not to be folded, and how much they need.
struct InnerNodes {
  std::vector<bool> is_inner;  // By node: it has edges or several referrers.
  size_t num_inner = 0;
  size_t num_entered = 0;   // Of them, those that have referrers.
  uint64_t num_folded = 0;  // Nodes, and so edges, that are not among them.
};

InnerNodes FindInner(const RowStarts& first_edge,
                     absl::Span<const uint32_t> edges) {
  InnerNodes result;
  std::vector<bool> has_referrer(first_edge.num_rows());
  result.is_inner.resize(first_edge.num_rows());
  for (const uint32_t target : edges) {
    if (has_referrer[target]) result.is_inner[target] = true;
    has_referrer[target] = true;
  }
  for (size_t node = 0; node < first_edge.num_rows(); ++node) {
    if (first_edge.SizeOf(node) > 0) result.is_inner[node] = true;
    result.num_inner += result.is_inner[node];
    result.num_entered += result.is_inner[node] && has_referrer[node];
    result.num_folded += !result.is_inner[node] && has_referrer[node];
  }
  return result;
}

struct NumberedEdge {
  PreorderNumber from;
  PreorderNumber to;
};

class Search {
 public:
  Search(const RowStarts& first_edge, absl::Span<const uint32_t> edges,
         std::vector<uint32_t>* visited, std::vector<uint32_t>* place)
      : first_edge_(first_edge),
        edges_(edges),
        inner_(FindInner(first_edge, edges)),
        visited_(*visited),
        place_(*place) {
    visited_.reserve(first_edge.num_rows());
    place_.assign(first_edge.num_rows(), kNowhere);
    graph_.node.reserve(inner_.num_inner + 1);
    graph_.parent.reserve(inner_.num_inner + 1);
    // All that are not folded but the one by which each node is entered.
    other_edges_.reserve(edges.size() - inner_.num_folded - inner_.num_entered +
                         1);
  }

  PreorderGraph Run(uint32_t root) {
    PreorderNumber number = Enter(root, 0);
    while (!next_edges_.empty()) {
      const uint32_t inner = NextInner(number);
      if (inner == kNowhere) {
        next_edges_.pop_back();
        number = graph_.parent[number];
      } else {
        number = Enter(inner, number);
      }
    }
    ListPredecessors();
    return std::move(graph_);
  }

 private:
  PreorderNumber Enter(uint32_t node, PreorderNumber parent) {
    const auto number = static_cast<PreorderNumber>(graph_.node.size());
    place_[node] = number;
    visited_.push_back(node);
    graph_.node.push_back(node);
    graph_.parent.push_back(parent);
    const uint64_t begin = first_edge_[node];
    const uint64_t end = std::min(first_edge_[node + 1], begin + kAhead);
    for (uint64_t edge = begin; edge < end; ++edge) Prefetch(edges_[edge]);
    next_edges_.push_back(begin);
    return number;
  }

  // Fetches what is looked at first when an edge leads to `target`.
  void Prefetch(uint32_t target) const {
    FetchAheadToWrite(&place_[target]);
    first_edge_.Prefetch(target);
  }

  // Fetches what follows the edge before `edge`, while that is followed: the
  // edges of the next target, whose place among all edges has come by now.
  void PrefetchNext(uint64_t edge, uint64_t end) const {
    if (edge + kAhead <= end) Prefetch(edges_[edge + kAhead - 1]);
    if (edge < end) FetchAhead(edges_.data() + first_edge_[edges_[edge]]);
  }

  // The next node to enter from the one numbered `number`, which is on top of
  // the stack; kNowhere when its edges are at an end.  Deals with the edges
  // between.
  uint32_t NextInner(PreorderNumber number) {
    const uint32_t node = graph_.node[number];
    const uint64_t end = first_edge_[node + 1];
    for (uint64_t& edge = next_edges_.back(); edge < end;) {
      const uint32_t target = edges_[edge++];
      PrefetchNext(edge, end);
      uint32_t& place = place_[target];
      if (!inner_.is_inner[target]) {
        place = node;
        visited_.push_back(target);
      } else if (place == kNowhere) {
        return target;
      } else if (place != 0 && place != number) {
        other_edges_.push_back({number, place});
      }
    }
    return kNowhere;
  }

  void ListPredecessors() {
    const size_t num_numbers = graph_.node.size();
    std::vector<uint32_t> counts(num_numbers + 1);
    for (const NumberedEdge& edge : other_edges_) ++counts[edge.to + 1];
    graph_.first_predecessor = RowStarts::OfSizes(counts);
    graph_.predecessors.resize(other_edges_.size());
    // From here on how many of a row are still to come.
    for (const NumberedEdge& edge : other_edges_) {
      graph_.predecessors[graph_.first_predecessor[edge.to] +
                          --counts[edge.to + 1]] = edge.from;
    }
    other_edges_ = {};
  }

  const RowStarts& first_edge_;
  const absl::Span<const uint32_t> edges_;
  const InnerNodes inner_;
  std::vector<uint32_t>& visited_;
  std::vector<uint32_t>& place_;
  PreorderGraph graph_;
  std::vector<uint64_t> next_edges_;  // Of the nodes from the root on: a stack.
  std::vector<NumberedEdge> other_edges_;  // Not in the search's tree.
};

}  // namespace

PreorderGraph SearchDepthFirst(const RowStarts& first_edge,
                               absl::Span<const uint32_t> edges, uint32_t root,
                               std::vector<uint32_t>* visited,
                               std::vector<uint32_t>* place) {
  return Search(first_edge, edges, visited, place).Run(root);
}

}  // namespace heapgrind
