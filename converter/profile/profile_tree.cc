#include "converter/profile/profile_tree.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "converter/profile/function_table.h"

namespace heapgrind {
namespace {

// How many nodes ahead memory is fetched.
constexpr size_t kAhead = 16;

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
      node.is_recursive = functions.is_recursive[rows[i].function];
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

// By node of the ownership graph: its row, or kNoFunction.  Takes the places in
// the trie for it.
std::vector<uint32_t> RowOfNode(const std::vector<uint32_t>& row_of_function,
                                FunctionTable* functions) {
  std::vector<uint32_t> row_of_id = std::move(functions->function_of_id);
  for (uint32_t& place : row_of_id) {
    if (place != kNoFunction) place = row_of_function[place];
  }
  std::vector<uint32_t> row_of_node = std::move(functions->id_of_node);
  for (size_t i = 0; i < row_of_node.size(); ++i) {
    if (i + kAhead < row_of_node.size() &&
        row_of_node[i + kAhead] != kNoFunction) {
      __builtin_prefetch(&row_of_id[row_of_node[i + kAhead]]);
    }
    uint32_t& place = row_of_node[i];
    if (place != kNoFunction) place = row_of_id[place];
  }
  return row_of_node;
}

void AddCosts(const OwnedHeap& heap, const std::vector<uint32_t>& row_of_node,
              ProfileTree* tree) {
  for (NodeId node = 0; node < row_of_node.size(); ++node) {
    if (row_of_node[node] == kNoFunction) continue;
    ProfileNode& row = tree->nodes[row_of_node[node]];
    const bool is_object = heap.ownership.IsObject(node);
    if (is_object) row.self += heap.graph.OwnCost(node);
    if (row.num_pruned > 0) continue;
    const NodeId owner = heap.tree.idom[node];
    const bool is_topmost =
        owner == kNoDominator || row_of_node[owner] != row_of_node[node];
    if (!is_topmost) continue;
    if (owner != kNoDominator) ++row.num_topmost;
    if (is_object) row.example = BetterExample(heap.graph, row.example, node);
  }
  for (ProfileNode& row : tree->nodes) {
    if (row.num_pruned > 0) row.num_topmost = row.self.objects;
  }
}

// Splits the self costs by the lines that allocated the objects.
void AddLines(const OwnedHeap& heap, const std::vector<uint32_t>& row_of_node,
              ProfileTree* tree) {
  absl::flat_hash_map<std::tuple<uint32_t, StringId, uint32_t>, Cost> costs;
  for (NodeId node = 0; node < heap.graph.num_nodes(); ++node) {
    if (row_of_node[node] == kNoFunction) continue;
    const uint32_t number = heap.graph.site_of_node[node];
    if (number == AllocationSite::kNone) continue;
    const AllocationSite& site = heap.graph.sites[number];
    costs[{row_of_node[node], site.file, site.line}] +=
        heap.graph.OwnCost(node);
  }
  for (const auto& [place, cost] : costs) {
    const auto [row, file, line] = place;
    tree->nodes[row].allocated.push_back({file, line, cost});
  }
}

// The function of each node is its row.
Profile BuildTree(const OwnedHeap& heap, const Rows& rows,
                  FunctionTable functions) {
  Profile result;
  result.tree = MakeTree(functions, rows.rows);
  result.function_of_node = RowOfNode(rows.row_of_function, &functions);
  AddCosts(heap, result.function_of_node, &result.tree);
  if (!heap.graph.site_of_node.empty()) {
    AddLines(heap, result.function_of_node, &result.tree);
  }
  SumInclusiveCosts(&result.tree);
  return result;
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
  const Rows rows = KeepAll(functions.sizes);
  return BuildTree(heap, rows, std::move(functions));
}

ProfileTree BuildPrunedProfile(const OwnedHeap& heap,
                               const PruneLimits& limits) {
  FunctionTable functions = FindFunctions(heap, 0);
  const Rows rows = Prune(functions.sizes, limits, &heap.graph.strings);
  return BuildTree(heap, rows, std::move(functions)).tree;
}

ProfileTree BuildProfileOfSingleObjects(const OwnedHeap& heap,
                                        uint64_t num_objects) {
  FunctionTable functions = FindFunctions(heap, num_objects);
  std::vector<bool> is_single(functions.sizes.size());
  for (uint32_t i = 0; i < is_single.size(); ++i) {
    is_single[i] = functions.raw_label(i).object != kNoNode;
  }
  const Rows rows =
      PruneTo(functions.sizes, std::move(is_single), &heap.graph.strings);
  return BuildTree(heap, rows, std::move(functions)).tree;
}

}  // namespace heapgrind
