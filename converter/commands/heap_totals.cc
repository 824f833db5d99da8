#include "converter/commands/heap_totals.h"

#include <algorithm>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/string_view.h"
#include "converter/base/clean_name.h"
#include "converter/graph/dominators.h"

namespace heapgrind {
namespace {

// Objects in groups: `group_of_node` is a place in `totals`, or kNoGroup.
constexpr uint32_t kNoGroup = UINT32_MAX;

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

// Several functions are in one package.
Groups GroupByPackage(const std::vector<bool>& is_counted, AnalyzedHeap* heap) {
  const std::vector<std::string>& packages = heap->packages();
  const std::vector<uint32_t>& functions = heap->profile().function_of_node;
  Groups groups;
  groups.group_of_node.assign(heap->graph().num_nodes(), kNoGroup);
  std::vector<uint32_t> group_of_function(packages.size(), kNoGroup);
  absl::flat_hash_map<absl::string_view, uint32_t> group_of_package;
  for (NodeId node = 0; node < heap->graph().num_nodes(); ++node) {
    if (!is_counted[node]) continue;
    uint32_t& group = group_of_function[functions[node]];
    if (group == kNoGroup) {
      const std::string& package = packages[functions[node]];
      const auto [entry, is_new] = group_of_package.try_emplace(package);
      if (is_new) entry->second = groups.Add(package);
      group = entry->second;
    }
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

// Walks down the dominator tree and knows for each group whether one of it is
// above.
void AddRetained(AnalyzedHeap* heap, Groups* groups) {
  const DominatorTree& tree = heap->owners().tree;
  const std::vector<uint64_t>& retained = heap->retained_bytes();
  const ReverseEdges children = DominatorChildren(tree);
  const auto group_of = [groups](uint32_t node) {
    return node < groups->group_of_node.size() ? groups->group_of_node[node]
                                               : kNoGroup;
  };
  std::vector<uint32_t> num_above(groups->totals.size());
  struct Step {
    uint32_t node;
    uint32_t next_child;
  };
  std::vector<Step> path;
  const auto enter = [&](uint32_t node) {
    path.push_back({node, 0});
    const uint32_t group = group_of(node);
    if (group == kNoGroup || num_above[group]++ > 0) return;
    groups->totals[group].retained += retained[node];
  };
  enter(tree.preorder[0]);
  while (!path.empty()) {
    const uint32_t node = path.back().node;
    if (path.back().next_child < children.Of(node).size()) {
      enter(children.Of(node)[path.back().next_child++]);
      continue;
    }
    const uint32_t group = group_of(node);
    if (group != kNoGroup) --num_above[group];
    path.pop_back();
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
