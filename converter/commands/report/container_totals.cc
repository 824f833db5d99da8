#include "converter/commands/report/container_totals.h"

#include <map>
#include <string_view>
#include <utility>

#include "converter/python/builtin_types.h"

namespace heapgrind {
namespace {

// Whether it may hold many objects: a cell holds one.
bool HoldsMany(std::string_view type) {
  return IsContainerType(type) && type != "cell" && type != "mappingproxy";
}

std::vector<bool> FindShapes(const HeapGraph& graph) {
  std::vector<bool> holds_many;
  for (const Shape& shape : graph.shapes) {
    holds_many.push_back(HoldsMany(graph.strings.Text(shape.type)));
  }
  return holds_many;
}

// Pairs of mappings; else references without a name.
uint64_t CountItems(const HeapGraph& graph, NodeId node) {
  if (graph.shape(node).is_mapping) return graph.NumPairReferences(node) / 2;
  const size_t num_references = graph.References(node).size();
  uint64_t items = num_references;
  for (const StringId name : graph.shape(node).names) {
    if (name != kNoString && items > 0) --items;
  }
  return items;
}

uint64_t RoundUp(uint64_t items) {
  uint64_t limit = 0;
  while (limit < items) limit = 2 * limit + 1;
  return limit;
}

}  // namespace

std::vector<ContainerTotal> CountContainers(const HeapGraph& graph) {
  const std::vector<bool> holds_many = FindShapes(graph);
  std::map<std::pair<std::string_view, uint64_t>, ContainerTotal> total_of;
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    if (!holds_many[graph.shape_of_node[node]]) continue;
    const uint64_t items = CountItems(graph, node);
    ContainerTotal& total = total_of[{graph.type(node), RoundUp(items)}];
    ++total.objects;
    total.bytes += graph.size[node];
    total.all_items += items;
  }
  std::vector<ContainerTotal> totals;
  for (auto& [key, total] : total_of) {
    total.type = std::string(key.first);
    total.items = key.second;
    totals.push_back(total);
  }
  return totals;
}

}  // namespace heapgrind
