#include "tests/converter/support/naive_ownership.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "converter/owners/reference_kinds.h"
#include "converter/owners/waiting_greenlets.h"

namespace heapgrind {
namespace {

using Nodes = std::set<NodeId>;

class Oracle {
 public:
  Oracle(const HeapGraph& graph, const Homes& homes, OwnershipRules rules)
      : graph_(graph),
        homes_(rules == OwnershipRules::kStrict ? Homes() : homes) {
    numbers_.num_objects = graph.num_nodes();
    numbers_.num_roots = static_cast<NodeId>(graph.roots.size());
    const ReferenceKinds kinds = rules == OwnershipRules::kStrict
                                     ? ReferenceKinds(graph)
                                     : ReferenceKinds(graph, homes_);
    ListReferences(kinds);
    ListHomesAndRoots(kinds);
  }

  OwnershipEdges Run() {
    const Nodes alive = ReachInRounds({numbers_.main()}, {});
    const OwnershipEdges to_roots = GarbageRoots(alive);
    Nodes roots;
    for (const auto& edge : to_roots) roots.insert(edge.second);
    ReachInRounds(roots, alive);
    OwnershipEdges result = promoted_;
    for (const auto& edge : owning_) {
      if (round_.at(edge.first) <= round_.at(edge.second)) result.insert(edge);
    }
    result.insert(to_roots.begin(), to_roots.end());
    result.emplace(numbers_.main(), numbers_.held());
    result.emplace(numbers_.main(), numbers_.garbage());
    return result;
  }

 private:
  void ListReferences(const ReferenceKinds& kinds) {
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      const absl::Span<const NodeId> targets = graph_.References(node);
      for (size_t i = 0; i < targets.size(); ++i) {
        if (targets[i] == kNoNode) continue;
        const ReferenceKind kind = kinds.Of(node, i);
        (kind == ReferenceKind::kOwning     ? owning_
         : kind == ReferenceKind::kKey      ? keys_
         : kind == ReferenceKind::kCallback ? callbacks_
         : kind == ReferenceKind::kLocal    ? local_
         : kind == ReferenceKind::kBorrowed ? borrowed_
                                            : native_)
            .emplace(node, targets[i]);
        all_.emplace(node, targets[i]);
        ++num_referrers_[targets[i]];
      }
    }
  }

  void ListHomesAndRoots(const ReferenceKinds& kinds) {
    if (!homes_.empty()) {
      for (const auto& edge : FindWaitingGreenlets(graph_)) {
        borrowed_.insert(edge);
      }
    }
    for (const auto& [node, home] : homes_) {
      owning_.emplace(home == kRootHome ? numbers_.main() : home, node);
    }
    for (NodeId i = 0; i < numbers_.num_roots; ++i) {
      owning_.emplace(numbers_.main(), numbers_.root(i));
      const Root& root = graph_.roots[i];
      for (size_t j = 0; j < root.references.size(); ++j) {
        const NodeId target = root.references[j];
        if (target == kNoNode || homes_.contains(target)) continue;
        const ReferenceKind kind = kinds.OfRoot(root, j);
        (kind == ReferenceKind::kOwning     ? owning_
         : kind == ReferenceKind::kBorrowed ? borrowed_
                                            : native_)
            .emplace(numbers_.root(i), target);
      }
    }
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      const NodeKind kind = graph_.kind(node);
      const bool is_root = kind == NodeKind::kModule ||
                           kind == NodeKind::kFrame ||
                           num_referrers_.count(node) == 0;
      if (graph_.roots.empty() && is_root && !homes_.contains(node)) {
        owning_.emplace(numbers_.main(), node);
      }
    }
  }

  // Adds to `nodes` what is reachable from them over `edges`, but for `apart`.
  static void Close(const OwnershipEdges& edges, const Nodes& apart,
                    Nodes* nodes) {
    std::vector<NodeId> waiting(nodes->begin(), nodes->end());
    while (!waiting.empty()) {
      const NodeId node = waiting.back();
      waiting.pop_back();
      for (auto edge = edges.lower_bound({node, 0});
           edge != edges.end() && edge->first == node; ++edge) {
        const bool is_new = apart.count(edge->second) == 0 &&
                            nodes->insert(edge->second).second;
        if (is_new) waiting.push_back(edge->second);
      }
    }
  }

  // What `nodes` reach in rounds; promotes what it takes.
  Nodes ReachInRounds(Nodes nodes, const Nodes& apart) {
    Close(owning_, apart, &nodes);
    EndRound(nodes);
    while (
        Promote(keys_, apart, &nodes) || Promote(callbacks_, apart, &nodes) ||
        Promote(local_, apart, &nodes) || Promote(borrowed_, apart, &nodes) ||
        Promote(native_, apart, &nodes)) {
      EndRound(nodes);
    }
    return nodes;
  }

  void EndRound(const Nodes& nodes) {
    for (const NodeId node : nodes) round_.try_emplace(node, num_rounds_);
    ++num_rounds_;
  }

  bool Promote(const OwnershipEdges& edges, const Nodes& apart, Nodes* nodes) {
    OwnershipEdges leading_out;
    for (const auto& edge : edges) {
      if (nodes->count(edge.first) > 0 && nodes->count(edge.second) == 0 &&
          apart.count(edge.second) == 0) {
        leading_out.insert(edge);
      }
    }
    promoted_.insert(leading_out.begin(), leading_out.end());
    for (const auto& edge : leading_out) nodes->insert(edge.second);
    Close(owning_, apart, nodes);
    return !leading_out.empty();
  }

  // From the anchors held and garbage, one to each source component.
  OwnershipEdges GarbageRoots(const Nodes& alive) {
    OwnershipEdges roots;
    std::map<NodeId, Nodes> reached_from;
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      if (alive.count(node) > 0) continue;
      reached_from[node] = {node};
      Close(all_, alive, &reached_from[node]);
    }
    for (const auto& [node, reached] : reached_from) {
      Nodes component;
      bool is_source = true;
      for (const auto& [other, from_other] : reached_from) {
        if (from_other.count(node) == 0) continue;
        if (reached.count(other) > 0) component.insert(other);
        is_source &= reached.count(other) > 0;
      }
      if (is_source) roots.insert(RootOf(component));
    }
    return roots;
  }

  std::pair<NodeId, NodeId> RootOf(const Nodes& component) {
    const auto key = [this](NodeId node) {
      return std::tuple(
          graph_.type(node), graph_.strings.Text(graph_.text[node]),
          graph_.size[node], graph_.References(node).size(), node);
    };
    std::vector<NodeId> nodes(component.begin(), component.end());
    std::sort(nodes.begin(), nodes.end(),
              [&key](NodeId a, NodeId b) { return key(a) < key(b); });
    for (const NodeId node : nodes) {
      const auto found = graph_.refcounts.find(node);
      if (found != graph_.refcounts.end() &&
          found->second > num_referrers_[node]) {
        return {HolderOf(node), node};
      }
    }
    return {numbers_.garbage(), nodes.front()};
  }

  // The first module of the name that a definition has for its own, if the
  // roots own it.
  NodeId HolderOf(NodeId definition) const {
    const auto found = graph_.definitions.find(definition);
    if (found == graph_.definitions.end()) return numbers_.held();
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      const auto round = round_.find(node);
      if (graph_.kind(node) == NodeKind::kModule && homes_.contains(node) &&
          graph_.text[node] == found->second.module && round != round_.end() &&
          round->second == 0) {
        return node;
      }
    }
    return numbers_.held();
  }

  const HeapGraph& graph_;
  const Homes homes_;
  OwnershipGraph numbers_;  // Only for the numbers of its anchors.
  OwnershipEdges owning_;
  OwnershipEdges keys_;
  OwnershipEdges callbacks_;
  OwnershipEdges local_;
  OwnershipEdges borrowed_;
  OwnershipEdges native_;
  OwnershipEdges all_;  // References of the heap, of every kind.
  OwnershipEdges promoted_;
  std::map<NodeId, int> round_;  // The one that reached a node.
  int num_rounds_ = 0;
  std::map<NodeId, uint64_t> num_referrers_;  // With repeats.
};

}  // namespace

OwnershipEdges NaiveOwnership(const HeapGraph& graph, const Homes& homes,
                              OwnershipRules rules) {
  return Oracle(graph, homes, rules).Run();
}

OwnershipEdges EdgesOf(const OwnershipGraph& graph) {
  OwnershipEdges edges;
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    for (const NodeId target : graph.Edges(node)) edges.emplace(node, target);
  }
  return edges;
}

Adjacency AdjacencyOf(const OwnershipGraph& graph) {
  return {graph.first_edge, graph.edges};
}

}  // namespace heapgrind
