#include "converter/commands/heap_totals.h"

#include <fnmatch.h>

#include <algorithm>
#include <string_view>

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
};

Groups GroupByType(const std::vector<bool>& is_counted, AnalyzedHeap* heap) {
  const HeapGraph& graph = heap->graph();
  const TypeNames& type_names = heap->type_names();
  Groups groups;
  groups.group_of_node.assign(graph.num_nodes(), kNoGroup);
  absl::flat_hash_map<StringId, uint32_t> group_of_type;
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    if (!is_counted[node]) continue;
    const StringId type = type_names.Of(node);
    const auto [entry, is_new] = group_of_type.try_emplace(
        type, static_cast<uint32_t>(groups.totals.size()));
    groups.group_of_node[node] = entry->second;
    if (!is_new) continue;
    groups.totals.emplace_back();
    groups.totals.back().name = CleanName(graph.strings.Text(type));
  }
  return groups;
}

Groups GroupByPackage(const std::vector<bool>& is_counted, AnalyzedHeap* heap) {
  const std::vector<std::string>& packages = heap->packages();
  const std::vector<uint32_t>& functions = heap->profile().function_of_node;
  Groups groups;
  groups.group_of_node.assign(heap->graph().num_nodes(), kNoGroup);
  absl::flat_hash_map<absl::string_view, uint32_t> group_of_package;
  for (NodeId node = 0; node < heap->graph().num_nodes(); ++node) {
    if (!is_counted[node]) continue;
    const std::string& package = packages[functions[node]];
    const auto [entry, is_new] = group_of_package.try_emplace(
        package, static_cast<uint32_t>(groups.totals.size()));
    groups.group_of_node[node] = entry->second;
    if (!is_new) continue;
    groups.totals.emplace_back();
    groups.totals.back().name = package;
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

std::vector<bool> NodesOfType(const std::string& pattern, AnalyzedHeap* heap) {
  const HeapGraph& graph = heap->graph();
  if (pattern.empty()) return std::vector<bool>(graph.num_nodes(), true);
  const TypeNames& type_names = heap->type_names();
  absl::flat_hash_map<StringId, bool> matches;
  std::vector<bool> is_counted(graph.num_nodes());
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    const StringId type = type_names.Of(node);
    const auto [entry, is_new] = matches.try_emplace(type);
    if (is_new) {
      const std::string name(graph.strings.Text(type));
      entry->second = fnmatch(pattern.c_str(), name.c_str(), 0) == 0;
    }
    is_counted[node] = entry->second;
  }
  return is_counted;
}

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
