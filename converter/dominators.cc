#include "converter/dominators.h"

#include <algorithm>
#include <utility>

namespace heapgrind {
namespace {

// A node's place in the depth-first order.  The root is number 0.
using Number = uint32_t;
constexpr Number kNoNumber = UINT32_MAX;

class LengauerTarjan {
 public:
  LengauerTarjan(const RowStarts& first_edge, absl::Span<const uint32_t> edges)
      : first_edge_(first_edge),
        edges_(edges),
        number_(first_edge.num_rows(), kNoNumber) {}

  DominatorTree Run(uint32_t root) {
    NumberNodes(root);
    ListPredecessors();
    FindSemidominators();
    DominatorTree tree;
    tree.idom.assign(number_.size(), kNoDominator);
    for (Number w = 1; w < num_reached(); ++w) {
      // Semidominators are numbered lower, so idom_[idom_[w]] is final.
      if (idom_[w] != semi_[w]) idom_[w] = idom_[idom_[w]];
      tree.idom[node_[w]] = node_[idom_[w]];
    }
    tree.preorder = std::move(node_);
    return tree;
  }

 private:
  Number num_reached() const { return static_cast<Number>(node_.size()); }

  void NumberNodes(uint32_t root) {
    struct Visit {
      uint32_t node;
      uint64_t next_edge;
    };
    std::vector<Visit> visits;
    const auto enter = [&](uint32_t node, Number parent) {
      number_[node] = num_reached();
      node_.push_back(node);
      parent_.push_back(parent);
      visits.push_back({node, first_edge_[node]});
    };
    enter(root, 0);
    while (!visits.empty()) {
      Visit& visit = visits.back();
      if (visit.next_edge == first_edge_[visit.node + 1]) {
        visits.pop_back();
        continue;
      }
      const uint32_t target = edges_[visit.next_edge++];
      if (number_[target] == kNoNumber) enter(target, number_[visit.node]);
    }
  }

  // Predecessors of w: predecessors_[first_predecessor_[w] ..
  // first_predecessor_[w + 1]).
  void ListPredecessors() {
    first_predecessor_.assign(num_reached() + 1, 0);
    ForEachEdge([this](Number, Number to) { ++first_predecessor_[to]; });
    uint64_t sum = 0;
    for (uint64_t& first : first_predecessor_) sum += std::exchange(first, sum);
    predecessors_.resize(sum);
    ForEachEdge([this](Number from, Number to) {
      predecessors_[first_predecessor_[to]++] = from;
    });
    // Each entry now is where the next one began.
    std::rotate(first_predecessor_.begin(), first_predecessor_.end() - 1,
                first_predecessor_.end());
    first_predecessor_[0] = 0;
  }

  template <typename Function>
  void ForEachEdge(Function function) const {
    for (Number from = 0; from < num_reached(); ++from) {
      const uint32_t node = node_[from];
      for (uint64_t i = first_edge_[node]; i < first_edge_[node + 1]; ++i) {
        function(from, number_[edges_[i]]);
      }
    }
  }

  void FindSemidominators() {
    const Number n = num_reached();
    ancestor_.assign(n, kNoNumber);
    label_.resize(n);
    semi_.resize(n);
    for (Number w = 0; w < n; ++w) label_[w] = semi_[w] = w;
    idom_.assign(n, 0);
    first_in_bucket_.assign(n, kNoNumber);
    next_in_bucket_.assign(n, kNoNumber);
    for (Number w = n; w-- > 1;) {
      for (uint64_t i = first_predecessor_[w]; i < first_predecessor_[w + 1];
           ++i) {
        semi_[w] = std::min(semi_[w], semi_[Evaluate(predecessors_[i])]);
      }
      next_in_bucket_[w] = std::exchange(first_in_bucket_[semi_[w]], w);
      ancestor_[w] = parent_[w];
      EmptyBucket(parent_[w]);
    }
  }

  void EmptyBucket(Number parent) {
    Number v = std::exchange(first_in_bucket_[parent], kNoNumber);
    for (; v != kNoNumber; v = next_in_bucket_[v]) {
      const Number u = Evaluate(v);
      idom_[v] = semi_[u] < semi_[v] ? u : parent;
    }
  }

  // The node of least semidominator on the forest path above and with v.
  Number Evaluate(Number v) {
    if (ancestor_[v] == kNoNumber) return v;
    path_.clear();
    for (Number u = v; ancestor_[ancestor_[u]] != kNoNumber; u = ancestor_[u]) {
      path_.push_back(u);
    }
    for (; !path_.empty(); path_.pop_back()) {
      const Number u = path_.back();
      const Number above = ancestor_[u];
      if (semi_[label_[above]] < semi_[label_[u]]) label_[u] = label_[above];
      ancestor_[u] = ancestor_[above];
    }
    return label_[v];
  }

  const RowStarts& first_edge_;
  const absl::Span<const uint32_t> edges_;
  std::vector<Number> number_;  // By node.
  std::vector<uint32_t> node_;  // By number, like everything below.
  std::vector<Number> parent_;  // In the depth-first tree.
  std::vector<uint64_t> first_predecessor_;
  std::vector<Number> predecessors_;
  std::vector<Number> ancestor_;  // In the forest of processed nodes.
  std::vector<Number> label_;
  std::vector<Number> semi_;
  std::vector<Number> idom_;
  std::vector<Number> first_in_bucket_;
  std::vector<Number> next_in_bucket_;
  std::vector<Number> path_;  // Scratch of Evaluate.
};

}  // namespace

DominatorTree ComputeDominators(const RowStarts& first_edge,
                                absl::Span<const uint32_t> edges,
                                uint32_t root) {
  return LengauerTarjan(first_edge, edges).Run(root);
}

std::vector<uint64_t> RetainedBytes(const ByteSizes& size,
                                    const DominatorTree& tree) {
  std::vector<uint64_t> retained(tree.idom.size());
  for (size_t node = 0; node < size.size(); ++node) retained[node] = size[node];
  for (auto node = tree.preorder.rbegin(); node != tree.preorder.rend();
       ++node) {
    const uint32_t owner = tree.idom[*node];
    if (owner != kNoDominator) retained[owner] += retained[*node];
  }
  return retained;
}

}  // namespace heapgrind
