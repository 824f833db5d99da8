#include "converter/profile/profile_tree.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "converter/profile/function_table.h"

namespace heapgrind {
namespace {

// The rows, without costs.
ProfileTree MakeTree(const FunctionTable& functions,
                     const std::vector<Row>& rows) {
  ProfileTree tree;
  tree.nodes.resize(rows.size());
  for (size_t i = 0; i < rows.size(); ++i) {
    ProfileNode& node = tree.nodes[i];
    node.parent = rows[i].parent;
    node.num_pruned = rows[i].num_pruned;
    node.num_pruned_types = rows[i].num_pruned_types;
    if (rows[i].function == kNoFunction) {
      node.label.type = rows[i].type;
    } else {
      node.label = functions.label(rows[i].function);
      node.is_recursive = functions.is_recursive(rows[i].function);
    }
  }
  return tree;
}

// The object that tells where a row's source is: of definitions the first by
// file, those without one last, and line; else the lowest.
NodeId BetterExample(const HeapGraph& graph, NodeId a, NodeId b) {
  if (a == kNoNode) return b;
  if (graph.kind(a) == NodeKind::kObject) return std::min(a, b);
  const StringId code_name = graph.strings.Find("__code__");
  const auto place_of = [&graph, code_name](NodeId node) {
    // A function's place is its code's.
    const bool is_function = graph.kind(node) == NodeKind::kFunction;
    const NodeId code = is_function ? graph.Follow(node, code_name) : kNoNode;
    const auto found = graph.definitions.find(code == kNoNode ? node : code);
    const Definition definition =
        found == graph.definitions.end() ? Definition() : found->second;
    return std::tuple(definition.file == kNoString,
                      graph.strings.Text(definition.file), definition.line,
                      node);
  };
  return place_of(a) < place_of(b) ? a : b;
}

void AddCosts(const OwnedHeap& heap, const FunctionTable& functions,
              const std::vector<uint32_t>& row_of_function, ProfileTree* tree) {
  const std::vector<uint32_t>& function_of_node = functions.function_of_node;
  for (const NodeId node : heap.tree.preorder) {
    const uint32_t function = function_of_node[node];
    if (function == kNoFunction) continue;
    ProfileNode& row = tree->nodes[row_of_function[function]];
    const bool is_object = heap.ownership.IsObject(node);
    if (is_object) row.self += heap.graph.OwnCost(node);
    const NodeId owner = heap.tree.idom[node];
    const bool is_topmost =
        owner == kNoDominator || function_of_node[owner] != function;
    if (!is_topmost || row.num_pruned > 0) continue;
    if (owner != kNoDominator) ++row.num_topmost;
    if (is_object) row.example = BetterExample(heap.graph, row.example, node);
  }
  for (ProfileNode& row : tree->nodes) {
    if (row.num_pruned > 0) row.num_topmost = row.self.objects;
  }
}

// Splits the self costs by the lines that allocated the objects.
void AddLines(const OwnedHeap& heap, const FunctionTable& functions,
              const std::vector<uint32_t>& row_of_function, ProfileTree* tree) {
  absl::flat_hash_map<std::tuple<uint32_t, StringId, uint32_t>, Cost> costs;
  for (const NodeId node : heap.tree.preorder) {
    const uint32_t function = functions.function_of_node[node];
    if (function == kNoFunction || !heap.ownership.IsObject(node)) continue;
    const uint32_t number = heap.graph.site_of_node[node];
    if (number == AllocationSite::kNone) continue;
    const AllocationSite& site = heap.graph.sites[number];
    costs[{row_of_function[function], site.file, site.line}] +=
        heap.graph.OwnCost(node);
  }
  for (const auto& [place, cost] : costs) {
    const auto [row, file, line] = place;
    tree->nodes[row].allocated.push_back({file, line, cost});
  }
}

ProfileTree BuildTree(const OwnedHeap& heap, const FunctionTable& functions,
                      const Rows& rows) {
  ProfileTree tree = MakeTree(functions, rows.rows);
  AddCosts(heap, functions, rows.row_of_function, &tree);
  if (!heap.graph.site_of_node.empty()) {
    AddLines(heap, functions, rows.row_of_function, &tree);
  }
  SumInclusiveCosts(&tree);
  return tree;
}

}  // namespace

void SumInclusiveCosts(ProfileTree* tree) {
  for (ProfileNode& node : tree->nodes) {
    node.inclusive = node.self;
    node.inclusive_change = node.self_change;
  }
  for (size_t i = tree->nodes.size(); i-- > 1;) {
    const ProfileNode& node = tree->nodes[i];
    tree->nodes[node.parent].inclusive += node.inclusive;
    tree->nodes[node.parent].inclusive_change += node.inclusive_change;
  }
}

Profile BuildProfile(const OwnedHeap& heap, uint64_t num_single_objects) {
  FunctionTable functions = FindFunctions(heap, num_single_objects);
  ProfileTree tree = BuildTree(heap, functions, KeepAll(functions.sizes));
  return {std::move(tree), std::move(functions.function_of_node)};
}

ProfileTree BuildPrunedProfile(const OwnedHeap& heap,
                               const PruneLimits& limits) {
  const FunctionTable functions = FindFunctions(heap, 0);
  return BuildTree(heap, functions,
                   Prune(functions.sizes, limits, &heap.graph.strings));
}

ProfileTree BuildProfileOfSingleObjects(const OwnedHeap& heap,
                                        uint64_t num_objects) {
  const FunctionTable functions = FindFunctions(heap, num_objects);
  std::vector<bool> is_single(functions.sizes.size());
  for (uint32_t i = 0; i < is_single.size(); ++i) {
    is_single[i] = functions.raw_label(i).object != kNoNode;
  }
  return BuildTree(
      heap, functions,
      PruneTo(functions.sizes, std::move(is_single), &heap.graph.strings));
}

}  // namespace heapgrind
