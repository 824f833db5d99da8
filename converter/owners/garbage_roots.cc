#include "converter/owners/garbage_roots.h"

#include <algorithm>
#include <tuple>

#include "converter/graph/components.h"

namespace heapgrind {
namespace {

// The unreached objects, and where each is among them.
struct Unreached {
  std::vector<NodeId> nodes;
  std::vector<uint32_t> place;  // By node; meaningless for reached ones.
};

Unreached FindUnreached(const HeapGraph& graph,
                        const std::vector<bool>& reached) {
  Unreached result;
  result.place.resize(graph.num_nodes());
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    if (reached[node]) continue;
    result.place[node] = static_cast<uint32_t>(result.nodes.size());
    result.nodes.push_back(node);
  }
  return result;
}

Adjacency Subgraph(const HeapGraph& graph, const std::vector<bool>& reached,
                   const Unreached& unreached) {
  Adjacency result;
  for (const NodeId node : unreached.nodes) {
    for (const NodeId target : graph.References(node)) {
      if (target == kNoNode || reached[target]) continue;
      result.edges.push_back(unreached.place[target]);
    }
    result.first.push_back(result.edges.size());
  }
  return result;
}

// By place among the unreached: whether something that is not in the dump holds
// the object.
std::vector<bool> HeldByC(const HeapGraph& graph,
                          const std::vector<bool>& reached,
                          const Unreached& unreached) {
  std::vector<bool> held(unreached.nodes.size());
  if (graph.refcounts.empty()) return held;
  std::vector<uint64_t> num_known(unreached.nodes.size());
  for (const NodeId target : graph.references) {
    if (target != kNoNode && !reached[target]) {
      ++num_known[unreached.place[target]];
    }
  }
  for (size_t i = 0; i < held.size(); ++i) {
    const auto found = graph.refcounts.find(unreached.nodes[i]);
    held[i] = found != graph.refcounts.end() && found->second > num_known[i];
  }
  return held;
}

// Whether `a` is the better root, of two objects that C code holds or that it
// does not: by what they are, and not by where they lie.
bool ComesFirst(const HeapGraph& graph, NodeId a, NodeId b) {
  const auto key = [&graph](NodeId node) {
    return std::tuple(graph.type(node), graph.strings.Text(graph.text[node]),
                      graph.size[node], graph.References(node).size());
  };
  return key(a) < key(b);
}

}  // namespace

std::vector<GarbageRoot> FindGarbageRoots(const HeapGraph& graph,
                                          const std::vector<bool>& reached) {
  const Unreached unreached = FindUnreached(graph, reached);
  const Adjacency subgraph = Subgraph(graph, reached, unreached);
  const Components components = FindComponents(subgraph);
  const std::vector<bool> entered = ComponentsEntered(subgraph, components);
  const std::vector<bool> held = HeldByC(graph, reached, unreached);
  // By component: its root so far, as a place among the unreached.
  std::vector<uint32_t> best(components.num_components, UINT32_MAX);
  for (uint32_t place = 0; place < unreached.nodes.size(); ++place) {
    uint32_t& root = best[components.component_of_node[place]];
    const bool is_better =
        root == UINT32_MAX || held[place] > held[root] ||
        (held[place] == held[root] &&
         ComesFirst(graph, unreached.nodes[place], unreached.nodes[root]));
    if (is_better) root = place;
  }
  std::vector<GarbageRoot> roots;
  for (uint32_t i = 0; i < components.num_components; ++i) {
    if (entered[i]) continue;
    roots.push_back({unreached.nodes[best[i]], held[best[i]]});
  }
  std::sort(roots.begin(), roots.end(),
            [](const GarbageRoot& a, const GarbageRoot& b) {
              return a.node < b.node;
            });
  return roots;
}

}  // namespace heapgrind
