#include "converter/profile/leaf_names.h"

#include <algorithm>
#include <string_view>

#include "converter/heap/dict_items.h"
#include "converter/python/builtin_types.h"

namespace heapgrind {
namespace {

// A dictionary up to the first size keeps its keys as names; up to the second
// it does unless its values are all of one type.
constexpr size_t kFewItems = 16;
constexpr size_t kManyItems = 128;

class LeafFinder {
 public:
  LeafFinder(const HeapGraph& graph, const Namespaces& namespaces,
             const OwnershipGraph& ownership, const DominatorTree& tree)
      : graph_(graph),
        namespaces_(namespaces),
        ownership_(ownership),
        tree_(tree),
        dict_name_(graph.strings.Find("__dict__")),
        called_name_(graph.strings.Find("called")),
        has_elements_(FindElementShapes(graph)) {}

  Leaves Find() {
    result_.leaf_of_node.resize(ownership_.num_nodes());
    result_.is_named_by_owner.resize(ownership_.num_nodes());
    for (NodeId i = 0; i < ownership_.num_roots; ++i) NameTargetsOfRoot(i);
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) NameTargets(node);
    NameUnreferencedNamespaces();
    return std::move(result_);
  }

 private:
  void NameTargetsOfRoot(NodeId index) {
    const Root& root = graph_.roots[index];
    for (size_t i = 0; i < root.references.size(); ++i) {
      const bool is_modules = root.kind == RootKind::kModules;
      const StringId name = is_modules              ? root.name
                            : i < root.names.size() ? root.names[i]
                                                    : kNoString;
      const Leaf leaf = {
          name, name == kNoString ? LeafForm::kUnnamed : LeafForm::kAttribute};
      Name(ownership_.root(index), root.references[i], leaf);
    }
  }

  void NameTargets(NodeId source) {
    const absl::Span<const NodeId> targets = graph_.References(source);
    const size_t num_pairs = graph_.NumPairReferences(source);
    const bool keeps_keys = num_pairs > 0 && KeepsKeys(source, num_pairs);
    for (size_t i = 0; i < targets.size(); ++i) {
      if (targets[i] == kNoNode || !WantsName(source, targets[i])) continue;
      Name(source, targets[i],
           i >= num_pairs ? LeafOfPart(source, i)
           : i % 2 == 0   ? Leaf{kNoString, LeafForm::kKey}
           : keeps_keys   ? LeafOfValue(source, targets[i - 1])
                          : Leaf{kNoString, LeafForm::kElement});
    }
  }

  // The immediate dominator's name counts before that of any other referrer,
  // and of theirs the first that is one.
  bool WantsName(NodeId source, NodeId target) const {
    return !result_.is_named_by_owner[target] &&
           (tree_.idom[target] == source || IsNameless(target));
  }

  bool IsNameless(NodeId node) const {
    const LeafForm form = result_.leaf_of_node[node].form;
    return form == LeafForm::kNone || form == LeafForm::kElement ||
           form == LeafForm::kKey || form == LeafForm::kUnnamed;
  }

  void Name(NodeId source, NodeId target, Leaf leaf) {
    if (target == kNoNode || !WantsName(source, target)) return;
    const bool is_owner = tree_.idom[target] == source;
    const bool is_first = result_.leaf_of_node[target].form == LeafForm::kNone;
    if (!is_owner && !is_first && leaf.text == kNoString) return;
    result_.leaf_of_node[target] = leaf;
    result_.is_named_by_owner[target] = is_owner;
  }

  bool KeepsKeys(NodeId mapping, size_t num_pairs) const {
    const size_t num_items = num_pairs / 2;
    if (namespaces_.IsNamespace(mapping) || num_items <= kFewItems) return true;
    return num_items <= kManyItems && !ValuesAreOfOneType(mapping);
  }

  bool ValuesAreOfOneType(NodeId mapping) const {
    StringId type = kNoString;
    for (const DictItem item : DictItems(graph_, mapping)) {
      if (item.value == kNoNode) continue;
      const StringId value_type = graph_.shape(item.value).type;
      if (type != kNoString && value_type != type) return false;
      type = value_type;
    }
    return true;
  }

  Leaf LeafOfValue(NodeId mapping, NodeId key) const {
    const StringId text = key == kNoNode ? kNoString : graph_.text[key];
    if (text == kNoString) return {kNoString, LeafForm::kElement};
    if (namespaces_.IsNamespace(mapping)) return {text, LeafForm::kAttribute};
    const std::string_view type = graph_.type(key);
    const bool is_number = type == "int" || type == "float" || type == "bool";
    return {text, is_number ? LeafForm::kNumberKey : LeafForm::kTextKey};
  }

  Leaf LeafOfPart(NodeId source, size_t index) const {
    const StringId name = graph_.ReferenceName(source, index);
    const NodeId target = graph_.References(source)[index];
    if (name == dict_name_ ? name != kNoString
                           : IsUnnamedDict(source, target)) {
      return {kNoString, LeafForm::kNamespace};
    }
    if (name == kNoString) {
      return {kNoString, has_elements_[graph_.shape_of_node[source]]
                             ? LeafForm::kElement
                             : LeafForm::kUnnamed};
    }
    return {name,
            name == called_name_ ? LeafForm::kFrame : LeafForm::kAttribute};
  }

  // Static types need not refer to theirs.
  void NameUnreferencedNamespaces() {
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      Leaf& leaf = result_.leaf_of_node[node];
      if (leaf.form == LeafForm::kNone && namespaces_.IsNamespace(node)) {
        leaf.form = LeafForm::kNamespace;
      }
    }
  }

  bool IsUnnamedDict(NodeId owner, NodeId target) const {
    return namespaces_.IsNamespace(target) &&
           graph_.UnnamedDict(owner) == target;
  }

  const HeapGraph& graph_;
  const Namespaces& namespaces_;
  const OwnershipGraph& ownership_;
  const DominatorTree& tree_;
  const StringId dict_name_;
  const StringId called_name_;
  const std::vector<bool> has_elements_;  // By shape.
  Leaves result_;
};

}  // namespace

std::vector<bool> FindShared(const OwnershipGraph& ownership,
                             const DominatorTree& tree) {
  std::vector<bool> is_shared(ownership.num_nodes(), true);
  is_shared[ownership.main()] = false;
  for (NodeId source = 0; source < ownership.num_nodes(); ++source) {
    for (const NodeId target : ownership.Edges(source)) {
      if (tree.idom[target] == source) is_shared[target] = false;
    }
  }
  return is_shared;
}

Leaves FindLeaves(const HeapGraph& graph, const Namespaces& namespaces,
                  const OwnershipGraph& ownership, const DominatorTree& tree) {
  return LeafFinder(graph, namespaces, ownership, tree).Find();
}

}  // namespace heapgrind
