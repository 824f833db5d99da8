#include "converter/callgraph/type_call_graph.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "converter/base/clean_name.h"
#include "converter/base/unique_names.h"
#include "converter/callgraph/owner_calls.h"
#include "converter/graph/levels.h"
#include "converter/python/type_names.h"

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
        tree_(heap.tree),
        names_(&heap.graph) {}

  CallGraph Make() {
    NumberTypes();
    FindTypes();
    RankTypes();
    PlaceNodes();
    OrderFunctions();
    NameFunctions();
    AddCosts();
    AddOwnerCalls(tree_, place_, retained_, &result_);
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
    for (const auto& [name, bytes] : bytes_of_type_) {
      const auto found = type_of_name.find(graph_.strings.Text(name));
      type_of_text_[name] =
          found == type_of_name.end() ? small_ : found->second;
    }
  }

  TypeId AddType(const char* name) {
    type_names_.push_back(name);
    return static_cast<TypeId>(type_names_.size() - 1);
  }

  // The names of the types whose objects have most bytes, in their order.
  std::vector<std::string_view> LargestTypes() {
    StringId last = kNoString;
    uint64_t* bytes_of_last = nullptr;
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      const StringId name = names_.Of(node);
      if (name != last) bytes_of_last = &bytes_of_type_[name];
      last = name;
      *bytes_of_last += graph_.size[node];
    }
    std::vector<std::pair<uint64_t, std::string_view>> types;
    for (const auto& [name, bytes] : bytes_of_type_) {
      types.emplace_back(UINT64_MAX - bytes,  // The largest first.
                         graph_.strings.Text(name));
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
    const std::vector<bool> is_shared = FindShared(graph_, ownership_, tree_);
    const Leaves leaves = FindLeaves(heap_, is_shared, PlaceSubtrees(tree_));
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
               ? type_of_text_.find(names_.Of(node))->second
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

  // main first, then by type and level: the order of the dump leaves no trace.
  void OrderFunctions() {
    std::vector<uint32_t> order(type_levels_.size());
    std::iota(order.begin(), order.end(), 0);
    std::sort(order.begin(), order.end(), [this](uint32_t a, uint32_t b) {
      const auto [type_a, level_a] = type_levels_[a];
      const auto [type_b, level_b] = type_levels_[b];
      return std::tuple(type_a != main_, type_a, level_a) <
             std::tuple(type_b != main_, type_b, level_b);
    });
    std::vector<uint32_t> new_place(order.size());
    std::vector<NodeAtLevel> ordered;
    for (const uint32_t old : order) {
      new_place[old] = static_cast<uint32_t>(ordered.size());
      ordered.push_back(type_levels_[old]);
    }
    type_levels_ = std::move(ordered);
    for (uint32_t& place : place_) place = new_place[place];
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

  const OwnedHeap& heap_;
  const HeapGraph& graph_;
  const OwnershipGraph& ownership_;
  const DominatorTree& tree_;
  const TypeNames names_;                // By module where two clash.
  std::vector<std::string> type_names_;  // By type.
  absl::flat_hash_map<StringId, uint64_t> bytes_of_type_;
  absl::flat_hash_map<StringId, TypeId> type_of_text_;
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
