#include "converter/commands/walk/root_paths.h"

#include <algorithm>
#include <utility>

namespace heapgrind {
namespace {

constexpr uint32_t kUnreached = UINT32_MAX;

// Breadth-first from all roots at once.
class Search {
 public:
  // Does not pass `target`, which may be kNoNode.
  Search(const HeapGraph& graph, NodeId target)
      : graph_(graph),
        distance_(graph.num_nodes(), kUnreached),
        parent_(graph.num_nodes(), kNoNode) {
    AddRoots();
    for (size_t next = 0; next < queue_.size(); ++next) {
      const NodeId node = queue_[next];
      if (node == target) continue;
      for (const NodeId referent : graph.References(node))
        Reach(node, referent);
    }
  }

  std::vector<NodeId> TakeParents() { return std::move(parent_); }

  bool IsRoot(NodeId node) const { return distance_[node] == 0; }
  uint32_t distance(NodeId node) const { return distance_[node]; }

  // The path to what is reached.
  NodePath PathTo(NodeId node) const {
    NodePath path;
    for (; node != kNoNode; node = parent_[node]) path.push_back(node);
    std::reverse(path.begin(), path.end());
    return path;
  }

 private:
  void AddRoots() {
    for (const Root& root : graph_.roots) {
      for (const NodeId node : root.references) Reach(kNoNode, node);
    }
    for (const NodeId node : graph_.held_from_outside) Reach(kNoNode, node);
  }

  void Reach(NodeId parent, NodeId node) {
    if (node == kNoNode || distance_[node] != kUnreached) return;
    distance_[node] = parent == kNoNode ? 0 : distance_[parent] + 1;
    parent_[node] = parent;
    queue_.push_back(node);
  }

  const HeapGraph& graph_;
  std::vector<uint32_t> distance_;  // By node.
  std::vector<NodeId> parent_;      // By node.
  std::vector<NodeId> queue_;
};

}  // namespace

ReverseEdges ReferrersOf(const HeapGraph& graph) {
  return ReverseEdges(graph.num_nodes(), [&graph](auto visit) {
    for (NodeId node = 0; node < graph.num_nodes(); ++node) {
      for (const NodeId target : graph.References(node)) {
        if (target != kNoNode) visit(node, target);
      }
    }
  });
}

std::vector<NodePath> FindRootPaths(const HeapGraph& graph,
                                    const ReverseEdges& referrers,
                                    NodeId target, size_t max_paths) {
  const Search search(graph, target);
  std::vector<NodePath> paths;
  if (search.IsRoot(target)) paths.push_back({target});
  std::vector<NodeId> sources;
  for (const NodeId source : referrers.Of(target)) {
    const bool is_new = sources.empty() || sources.back() != source;
    if (!is_new || source == target) continue;
    if (search.distance(source) != kUnreached) sources.push_back(source);
  }
  std::stable_sort(sources.begin(), sources.end(),
                   [&search](NodeId a, NodeId b) {
                     return search.distance(a) < search.distance(b);
                   });
  for (const NodeId source : sources) {
    if (paths.size() >= max_paths) break;
    paths.push_back(search.PathTo(source));
    paths.back().push_back(target);
  }
  return paths;
}

std::vector<NodeId> NearestReferrers(const HeapGraph& graph) {
  return Search(graph, kNoNode).TakeParents();
}

size_t RootOf(const HeapGraph& graph, NodeId node) {
  for (size_t i = 0; i < graph.roots.size(); ++i) {
    const std::vector<NodeId>& references = graph.roots[i].references;
    if (std::find(references.begin(), references.end(), node) !=
        references.end()) {
      return i;
    }
  }
  return graph.roots.size();
}

}  // namespace heapgrind
