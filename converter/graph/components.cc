#include "converter/graph/components.h"

#include <algorithm>

namespace heapgrind {
namespace {

constexpr uint32_t kNone = UINT32_MAX;

class TarjanSearch {
 public:
  explicit TarjanSearch(const Adjacency& graph)
      : graph_(graph),
        number_(graph.num_nodes(), kNone),
        low_(graph.num_nodes()) {
    result_.component_of_node.assign(graph.num_nodes(), kNone);
  }

  Components Run() {
    for (uint32_t node = 0; node < graph_.num_nodes(); ++node) {
      if (number_[node] == kNone) Search(node);
    }
    return std::move(result_);
  }

 private:
  struct Visit {
    uint32_t node;
    uint64_t next_edge;
  };

  void Search(uint32_t start) {
    Enter(start);
    while (!visits_.empty()) {
      Visit& visit = visits_.back();
      if (visit.next_edge == graph_.first[visit.node + 1]) {
        Leave();
        continue;
      }
      const uint32_t target = graph_.edges[visit.next_edge++];
      if (number_[target] == kNone) {
        Enter(target);
      } else if (result_.component_of_node[target] == kNone) {
        low_[visit.node] = std::min(low_[visit.node], number_[target]);
      }
    }
  }

  void Enter(uint32_t node) {
    number_[node] = low_[node] = next_number_++;
    open_.push_back(node);
    visits_.push_back({node, graph_.first[node]});
  }

  void Leave() {
    const uint32_t node = visits_.back().node;
    visits_.pop_back();
    if (!visits_.empty()) {
      uint32_t& low = low_[visits_.back().node];
      low = std::min(low, low_[node]);
    }
    if (low_[node] != number_[node]) return;
    uint32_t member;
    do {
      member = open_.back();
      open_.pop_back();
      result_.component_of_node[member] = result_.num_components;
    } while (member != node);
    ++result_.num_components;
  }

  const Adjacency& graph_;
  std::vector<uint32_t> number_;
  std::vector<uint32_t> low_;
  std::vector<uint32_t> open_;
  std::vector<Visit> visits_;
  uint32_t next_number_ = 0;
  Components result_;
};

}  // namespace

Components FindComponents(const Adjacency& graph) {
  return TarjanSearch(graph).Run();
}

std::vector<bool> ComponentsEntered(const Adjacency& graph,
                                    const Components& components) {
  std::vector<bool> entered(components.num_components);
  for (uint32_t node = 0; node < graph.num_nodes(); ++node) {
    const uint32_t from = components.component_of_node[node];
    for (const uint32_t target : graph.Edges(node)) {
      const uint32_t to = components.component_of_node[target];
      if (from != to) entered[to] = true;
    }
  }
  return entered;
}

}  // namespace heapgrind
