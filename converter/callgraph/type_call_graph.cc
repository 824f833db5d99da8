#include "converter/callgraph/type_call_graph.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "converter/base/clean_name.h"
#include "converter/base/unique_names.h"
#include "converter/graph/levels.h"

namespace heapgrind {
namespace {

// Types with fewer bytes than these are "small"; KCachegrind's views are
// quadratic in the callees of a function.
constexpr size_t kMaxTypes = 2000;

constexpr uint32_t kNone = UINT32_MAX;

// A type's place in the order of the names of all types.
using TypeId = uint32_t;

// A function is a type at a level.  main, and what is nested too deep, are
// types of their own.

class TypeGraphMaker {
 public:
  explicit TypeGraphMaker(const OwnedHeap& heap)
      : heap_(heap),
        graph_(heap.graph),
        ownership_(heap.ownership),
        tree_(heap.tree) {}

  CallGraph Make() {
    NumberTypes();
    FindTypes();
    RankTypes();
    PlaceNodes();
    NameFunctions();
    AddCosts();
    AddCalls();
    return std::move(result_);
  }

 private:
  // Types in the order of their names, so that nothing depends on the order of
  // the dump; after them the small ones', main's and the deep ones'.
  void NumberTypes() {
    absl::flat_hash_map<std::string_view, TypeId> type_of_name;
    for (const std::string_view name : LargestTypes()) {
      type_of_name[name] = static_cast<TypeId>(type_names_.size());
      type_names_.emplace_back(name);
    }
    small_ = AddType("small");
    main_ = AddType("main");
    deep_ = AddType("(nested deeper)");
    type_of_shape_.reserve(graph_.shapes.size());
    for (const Shape& shape : graph_.shapes) {
      const auto found = type_of_name.find(graph_.strings.Text(shape.type));
      type_of_shape_.push_back(found == type_of_name.end() ? small_
                                                           : found->second);
    }
  }

  TypeId AddType(const char* name) {
    type_names_.push_back(name);
    return static_cast<TypeId>(type_names_.size() - 1);
  }

  // The names of the types whose objects have most bytes, in their order.
  std::vector<std::string_view> LargestTypes() const {
    std::vector<Cost> cost_of_shape(graph_.shapes.size());
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      cost_of_shape[graph_.shape_of_node[node]] += {graph_.size[node], 1};
    }
    absl::flat_hash_map<std::string_view, uint64_t> bytes_of_name;
    for (size_t shape = 0; shape < cost_of_shape.size(); ++shape) {
      if (cost_of_shape[shape].objects == 0) continue;
      bytes_of_name[graph_.strings.Text(graph_.shapes[shape].type)] +=
          cost_of_shape[shape].bytes;
    }
    std::vector<std::pair<uint64_t, std::string_view>> types;
    for (const auto& [name, bytes] : bytes_of_name) {
      types.emplace_back(UINT64_MAX - bytes, name);  // The largest first.
    }
    std::sort(types.begin(), types.end());
    types.resize(std::min<size_t>(types.size(), kMaxTypes));
    std::vector<std::string_view> names;
    for (const auto& [bytes, name] : types) names.push_back(name);
    std::sort(names.begin(), names.end());
    return names;
  }

  // What only implements its owner has the type of its owner.
  void FindTypes() {
    const std::vector<bool> is_shared = FindShared(ownership_, tree_);
    const Leaves leaves =
        FindLeaves(graph_, heap_.namespaces, ownership_, tree_);
    type_of_node_.resize(ownership_.num_nodes());
    for (const NodeId node : tree_.preorder) {
      const NodeId owner = tree_.idom[node];
      const bool is_part = owner != kNoDominator &&
                           IsPartOfOwner(heap_, is_shared, leaves, node);
      type_of_node_[node] = is_part ? type_of_node_[owner] : TypeOf(node);
    }
  }

  // Anchors are part of main.
  TypeId TypeOf(NodeId node) const {
    return ownership_.IsObject(node)
               ? type_of_shape_[graph_.shape_of_node[node]]
               : main_;
  }

  void RankTypes() {
    const size_t num_types = type_names_.size();
    std::vector<bool> is_edge(num_types * num_types);
    for (const NodeId node : tree_.preorder) {
      if (tree_.idom[node] == kNoDominator) continue;
      is_edge[type_of_node_[tree_.idom[node]] * num_types +
              type_of_node_[node]] = true;
    }
    std::vector<std::pair<TypeId, TypeId>> edges;
    for (size_t i = 0; i < is_edge.size(); ++i) {
      if (is_edge[i]) edges.emplace_back(i / num_types, i % num_types);
    }
    levels_.emplace(static_cast<uint32_t>(num_types), edges, deep_);
  }

  void PlaceNodes() {
    function_of_level_.assign(type_names_.size() * (kMaxLevel + 1), kNone);
    place_.resize(ownership_.num_nodes());
    for (const NodeId node : tree_.preorder) {
      const NodeId owner = tree_.idom[node];
      place_[node] = owner == kNoDominator
                         ? Function({main_, 0})
                         : Function(levels_->Below(type_levels_[place_[owner]],
                                                   type_of_node_[node]));
    }
  }

  uint32_t Function(NodeAtLevel type_level) {
    const auto [type, level] = type_level;
    uint32_t& function = function_of_level_[type * (kMaxLevel + 1) + level];
    if (function == kNone) {
      function = static_cast<uint32_t>(type_levels_.size());
      type_levels_.push_back(type_level);
    }
    return function;
  }

  void NameFunctions() {
    UniqueNames names;
    for (const auto& [type, level] : type_levels_) {
      heapgrind::Function function;
      const std::string name = CleanName(type_names_[type]);
      function.name = names.Add(
          level == 0 ? name : absl::StrCat(name, " (nested ", level, ")"));
      function.object = type == main_ ? "(process)" : "(types)";
      function.file = "???";
      result_.functions.push_back(std::move(function));
    }
  }

  void AddCosts() {
    retained_.resize(ownership_.num_nodes());
    for (auto node = tree_.preorder.rbegin(); node != tree_.preorder.rend();
         ++node) {
      if (ownership_.IsObject(*node)) {
        const Cost own = graph_.OwnCost(*node);
        retained_[*node] += own;
        result_.functions[place_[*node]].self += own;
      }
      if (tree_.idom[*node] != kNoDominator) {
        retained_[tree_.idom[*node]] += retained_[*node];
      }
    }
  }

  void AddCalls() {
    absl::flat_hash_map<std::pair<uint32_t, uint32_t>, Call> calls;
    for (const NodeId node : tree_.preorder) {
      const NodeId owner = tree_.idom[node];
      if (owner == kNoDominator || place_[owner] == place_[node]) continue;
      const auto [entry, is_new] =
          calls.try_emplace({place_[owner], place_[node]});
      Call& call = entry->second;
      call.callee = place_[node];
      call.count += is_new ? 0 : 1;
      call.inclusive += retained_[node];
    }
    for (const auto& [ends, call] : calls) {
      result_.functions[ends.first].calls.push_back(call);
    }
    for (heapgrind::Function& function : result_.functions) {
      std::sort(
          function.calls.begin(), function.calls.end(),
          [](const Call& a, const Call& b) { return a.callee < b.callee; });
    }
  }

  const OwnedHeap& heap_;
  const HeapGraph& graph_;
  const OwnershipGraph& ownership_;
  const DominatorTree& tree_;
  std::vector<std::string> type_names_;  // By type.
  std::vector<TypeId> type_of_shape_;
  std::vector<TypeId> type_of_node_;
  TypeId small_ = 0;
  TypeId main_ = 0;
  TypeId deep_ = 0;
  std::optional<Levels> levels_;
  std::vector<NodeAtLevel> type_levels_;     // By function.
  std::vector<uint32_t> function_of_level_;  // kMaxLevel + 1 of each type.
  std::vector<uint32_t> place_;              // By node: its function.
  std::vector<Cost> retained_;               // By node.
  CallGraph result_;
};

}  // namespace

CallGraph MakeTypeCallGraph(const OwnedHeap& heap) {
  return TypeGraphMaker(heap).Make();
}

}  // namespace heapgrind
