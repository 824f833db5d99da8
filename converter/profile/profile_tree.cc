#include "converter/profile/profile_tree.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "converter/base/fetch_ahead.h"

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
      const NamedFunction function = functions.At(rows[i].function);
      node.label = function.label;
      node.is_recursive = function.is_recursive;
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

// Which rows the nodes of a heap are in.
class RowOfNode {
 public:
  RowOfNode(const FunctionTable& functions, const Rows& rows)
      : function_of_node_(functions.of_node),
        row_of_function_(rows.row_of_function) {}

  // kNoFunction: it is not shown.
  uint32_t operator[](NodeId node) const {
    const uint32_t function = function_of_node_[node];
    return function == kNoFunction ? kNoFunction : row_of_function_[function];
  }

  void PrefetchAfter(NodeId node) const {
    if (node + kAhead >= size()) return;
    const uint32_t function = function_of_node_[node + kAhead];
    if (function != kNoFunction) FetchAhead(&row_of_function_[function]);
  }

  size_t size() const { return function_of_node_.size(); }

 private:
  const std::vector<uint32_t>& function_of_node_;
  const std::vector<uint32_t>& row_of_function_;
};

void AddCosts(const OwnedHeap& heap, const RowOfNode& row_of_node,
              ProfileTree* tree) {
  for (NodeId node = 0; node < row_of_node.size(); ++node) {
    row_of_node.PrefetchAfter(node);
    const uint32_t place = row_of_node[node];
    if (place == kNoFunction) continue;
    ProfileNode& row = tree->nodes[place];
    const bool is_object = heap.ownership.IsObject(node);
    if (is_object) row.self += heap.graph.OwnCost(node);
    if (row.num_pruned > 0) continue;
    const NodeId owner = heap.tree.idom[node];
    const bool is_topmost =
        owner == kNoDominator || row_of_node[owner] != place;
    if (!is_topmost) continue;
    if (owner != kNoDominator) ++row.num_topmost;
    if (is_object) row.example = BetterExample(heap.graph, row.example, node);
  }
  for (ProfileNode& row : tree->nodes) {
    if (row.num_pruned > 0) row.num_topmost = row.self.objects;
  }
}

// Splits the self costs by the lines that allocated the objects.
void AddLines(const OwnedHeap& heap, const RowOfNode& row_of_node,
              ProfileTree* tree) {
  absl::flat_hash_map<std::tuple<uint32_t, StringId, uint32_t>, Cost> costs;
  for (NodeId node = 0; node < heap.graph.num_nodes(); ++node) {
    const uint32_t row = row_of_node[node];
    if (row == kNoFunction) continue;
    const uint32_t number = heap.graph.site_of_node[node];
    if (number == AllocationSite::kNone) continue;
    const AllocationSite& site = heap.graph.sites[number];
    costs[{row, site.file, site.line}] += heap.graph.OwnCost(node);
  }
  for (const auto& [place, cost] : costs) {
    const auto [row, file, line] = place;
    tree->nodes[row].allocated.push_back({file, line, cost});
  }
}

ProfileTree BuildTree(const OwnedHeap& heap, const FunctionTable& functions,
                      const Rows& rows) {
  ProfileTree tree = MakeTree(functions, rows.rows);
  const RowOfNode row_of_node(functions, rows);
  AddCosts(heap, row_of_node, &tree);
  if (!heap.graph.site_of_node.empty()) AddLines(heap, row_of_node, &tree);
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

ProfileTree BuildProfile(const OwnedHeap& heap,
                         const FunctionTable& functions) {
  return BuildTree(heap, functions, KeepAll(functions.sizes));
}

ProfileTree BuildPrunedProfile(const OwnedHeap& heap,
                               const FunctionTable& functions,
                               const PruneLimits& limits) {
  return BuildTree(heap, functions,
                   Prune(functions.sizes, limits, &heap.graph.strings));
}

ProfileTree BuildProfileOf(const OwnedHeap& heap,
                           const FunctionTable& functions,
                           std::vector<bool> is_wanted) {
  return BuildTree(
      heap, functions,
      PruneTo(functions.sizes, std::move(is_wanted), &heap.graph.strings));
}

ProfileTree BuildProfileOfSingleObjects(const OwnedHeap& heap,
                                        uint64_t num_objects) {
  const FunctionTable functions = FindFunctions(heap, num_objects);
  std::vector<bool> is_single(functions.size());
  for (uint32_t i = 0; i < is_single.size(); ++i) {
    is_single[i] = functions.RawAt(i).label.object != kNoNode;
  }
  return BuildProfileOf(heap, functions, std::move(is_single));
}

}  // namespace heapgrind
