#include "converter/graph/dominators.h"

#include <algorithm>
#include <utility>

#include "converter/graph/preorder_graph.h"

namespace heapgrind {
namespace {

using Number = PreorderNumber;

// All arrays are by number.
class SemiNca {
 public:
  explicit SemiNca(PreorderGraph graph) : graph_(std::move(graph)) {}

  void Run() {
    FindSemidominators();
    FindDominators();
  }

  Number num_nodes() const { return static_cast<Number>(graph_.node.size()); }
  uint32_t node(Number number) const { return graph_.node[number]; }
  uint32_t idom(Number number) const { return node(graph_.parent[number]); }
  uint64_t num_steps() const { return num_steps_; }

 private:
  void FindSemidominators() {
    ancestor_ = graph_.parent;
    semi_ = graph_.parent;
    label_.resize(num_nodes());
    for (Number w = num_nodes(); w-- > 1;) {
      Number& semi = semi_[w];
      uint64_t i = graph_.first_predecessor[w];
      const uint64_t end = graph_.first_predecessor[w + 1];
      // Nothing is above the root.
      for (; i < end && semi > 0; ++i) {
        semi = std::min(semi, Evaluate(graph_.predecessors[i], w));
      }
      label_[w] = semi;
    }
    graph_.first_predecessor = RowStarts();
    graph_.predecessors = {};
  }

  // The least semidominator of v and of what is above it and below what w has
  // not seen yet: of numbers beyond w.  v itself if it is not one of them.
  Number Evaluate(Number v, Number w) {
    if (v <= w) return v;
    path_.clear();
    Number top = v;
    for (; ancestor_[top] > w; top = ancestor_[top]) path_.push_back(top);
    num_steps_ += path_.size();
    // Compresses the path: all of it is directly below what `top` is below.
    Number least = label_[top];
    for (; !path_.empty(); path_.pop_back()) {
      const Number u = path_.back();
      least = label_[u] = std::min(label_[u], least);
      ancestor_[u] = ancestor_[top];
    }
    return least;
  }

  // Turns parents into immediate dominators, from the root on.
  void FindDominators() {
    std::vector<Number>& idom = graph_.parent;
    // What the first step needed is used again.
    std::vector<Number>& jump = ancestor_;
    std::vector<uint32_t>& depth = label_;
    jump[0] = depth[0] = 0;
    for (Number w = 1; w < num_nodes(); ++w) {
      Number u = idom[w];
      for (; u > semi_[w]; ++num_steps_) {
        u = jump[u] > semi_[w] ? jump[u] : idom[u];
      }
      idom[w] = u;
      depth[w] = depth[u] + 1;
      // A jump is as long as the two before it together, if these are alike.
      const Number next = jump[u];
      const bool are_alike =
          depth[u] - depth[next] == depth[next] - depth[jump[next]];
      jump[w] = are_alike ? jump[next] : u;
    }
  }

  PreorderGraph graph_;
  std::vector<Number> semi_;
  // In the forest of numbers that were dealt with, compressed; after that, a
  // node's jump.
  std::vector<Number> ancestor_;
  // The least semidominator between a node and its ancestor; after that, the
  // node's depth in the dominator tree.
  std::vector<Number> label_;
  std::vector<Number> path_;  // Scratch of Evaluate.
  uint64_t num_steps_ = 0;
};

}  // namespace

DominatorTree ComputeDominators(const RowStarts& first_edge,
                                absl::Span<const uint32_t> edges,
                                uint32_t root) {
  DominatorTree tree;
  // A leaf's place is its owner; that of the others is filled in.
  SemiNca algorithm(
      SearchDepthFirst(first_edge, edges, root, &tree.preorder, &tree.idom));
  algorithm.Run();
  for (Number w = 1; w < algorithm.num_nodes(); ++w) {
    tree.idom[algorithm.node(w)] = algorithm.idom(w);
  }
  tree.idom[root] = kNoDominator;
  tree.num_steps = algorithm.num_steps();
  return tree;
}

ReverseEdges DominatorChildren(const DominatorTree& tree) {
  const uint32_t num_nodes = static_cast<uint32_t>(tree.idom.size());
  return ReverseEdges(num_nodes, [&tree, num_nodes](auto visit) {
    for (uint32_t node = 0; node < num_nodes; ++node) {
      if (tree.idom[node] != kNoDominator) visit(node, tree.idom[node]);
    }
  });
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
