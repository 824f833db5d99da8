#include "converter/commands/heap_totals.h"

#include <algorithm>
#include <utility>

#include "converter/base/clean_name.h"
#include "converter/base/fetch_ahead.h"
#include "converter/graph/subtree_places.h"

namespace heapgrind {
namespace {

// Objects in groups: `group_of_node` is a place in `totals`, or kNoGroup.
constexpr uint32_t kNoGroup = UINT32_MAX;

// How many nodes ahead memory is fetched.
constexpr uint32_t kAhead = 16;

struct Groups {
  std::vector<HeapTotal> totals;
  std::vector<uint32_t> group_of_node;

  uint32_t Add(std::string name) {
    totals.emplace_back();
    totals.back().name = std::move(name);
    return static_cast<uint32_t>(totals.size() - 1);
  }
};

Groups GroupByType(const std::vector<bool>& is_counted, AnalyzedHeap* heap) {
  const HeapGraph& graph = heap->graph();
  const TypeNames& type_names = heap->type_names();
  Groups groups;
  groups.group_of_node.assign(graph.num_nodes(), kNoGroup);
  std::vector<uint32_t> group_of_type(graph.strings.size(), kNoGroup);
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    if (!is_counted[node]) continue;
    const StringId type = type_names.Of(node);
    uint32_t& group = group_of_type[type];
    if (group == kNoGroup) {
      group = groups.Add(CleanName(graph.strings.Text(type)));
    }
    groups.group_of_node[node] = group;
  }
  return groups;
}

Groups GroupByPackage(const std::vector<bool>& is_counted, AnalyzedHeap* heap) {
  const Packages& packages = heap->packages();
  const std::vector<uint32_t>& functions = heap->functions().of_node;
  Groups groups;
  groups.group_of_node.assign(heap->graph().num_nodes(), kNoGroup);
  std::vector<uint32_t> group_of_package(packages.names.size(), kNoGroup);
  for (NodeId node = 0; node < heap->graph().num_nodes(); ++node) {
    if (node + kAhead < heap->graph().num_nodes()) {
      FetchAhead(packages.of_function.data() + functions[node + kAhead]);
    }
    if (!is_counted[node]) continue;
    const uint32_t package = packages.of_function[functions[node]];
    uint32_t& group = group_of_package[package];
    if (group == kNoGroup) group = groups.Add(packages.names[package]);
    groups.group_of_node[node] = group;
  }
  return groups;
}

void AddCosts(const HeapGraph& graph, Groups* groups) {
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    const uint32_t group = groups->group_of_node[node];
    if (group == kNoGroup) continue;
    HeapTotal& total = groups->totals[group];
    total.cost += graph.OwnCost(node);
    total.largest = std::max(total.largest, graph.size[node]);
  }
}

// Of the objects of a group, those retain for it that are below no other of it.
void AddRetained(AnalyzedHeap* heap, Groups* groups) {
  const SubtreeOrder& order = heap->subtrees();
  const std::vector<uint64_t>& retained = heap->retained_bytes();
  // By group: where the subtree ends of the last one that is below no other.
  std::vector<uint32_t> end(groups->totals.size());
  for (uint32_t place = 0; place < order.node.size(); ++place) {
    if (place + kAhead < order.node.size()) {
      const NodeId soon = order.node[place + kAhead];
      FetchAhead(&retained[soon]);
      FetchAhead(groups->group_of_node.data() + soon);
    }
    const NodeId node = order.node[place];
    if (node >= groups->group_of_node.size()) continue;  // An anchor.
    const uint32_t group = groups->group_of_node[node];
    if (group == kNoGroup || place < end[group]) continue;
    groups->totals[group].retained += retained[node];
    end[group] = order.end[place];
  }
}

std::vector<HeapTotal> Sum(AnalyzedHeap* heap, Groups groups) {
  AddCosts(heap->graph(), &groups);
  AddRetained(heap, &groups);
  std::sort(groups.totals.begin(), groups.totals.end(),
            [](const HeapTotal& a, const HeapTotal& b) {
              return a.cost.bytes != b.cost.bytes ? a.cost.bytes > b.cost.bytes
                                                  : a.name < b.name;
            });
  return std::move(groups.totals);
}

}  // namespace

std::vector<HeapTotal> TotalsByType(const std::vector<bool>& is_counted,
                                    AnalyzedHeap* heap) {
  return Sum(heap, GroupByType(is_counted, heap));
}

std::vector<HeapTotal> TotalsByPackage(const std::vector<bool>& is_counted,
                                       AnalyzedHeap* heap) {
  return Sum(heap, GroupByPackage(is_counted, heap));
}

HeapTotal SumOf(const std::vector<HeapTotal>& totals) {
  HeapTotal sum;
  for (const HeapTotal& total : totals) {
    sum.cost += total.cost;
    sum.largest = std::max(sum.largest, total.largest);
  }
  return sum;
}

}  // namespace heapgrind
