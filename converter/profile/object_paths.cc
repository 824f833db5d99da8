#include "converter/profile/object_paths.h"

#include <string_view>

#include "converter/heap/dict_items.h"
#include "converter/python/builtin_types.h"

namespace heapgrind {
namespace {

// Owners that are looked at; what is deeper takes the rest from its function.
constexpr int kMaxOwners = 64;

}  // namespace

std::string ObjectPaths::Of(NodeId node) {
  std::vector<std::string> steps;  // The last one first.
  std::string path;
  for (int i = 0;; ++i) {
    const uint32_t function = functions_.of_node[node];
    if (function == kNoFunction) return "";
    if (i == 0 && IsNamespace(function, node)) steps.push_back(".__dict__");
    if (i == kMaxOwners || BeginsPath(function)) {
      path =
          function == 0 ? "main" : PathOf(functions_, function, graph_.strings);
      break;
    }
    const NodeId owner = tree_.idom[node];
    if (functions_.of_node[owner] != function) {
      steps.push_back(Step(function, owner, node));
    }
    node = owner;
  }
  // Step by step, as rows do it: what is cut out has a hash.
  for (size_t i = steps.size(); i-- > 0;) path = ShortenPath(path + steps[i]);
  return path;
}

bool ObjectPaths::BeginsPath(uint32_t function) const {
  if (function == 0) return true;
  const NamedFunction node = functions_.RawAt(function);
  const RowKind owner = functions_.RawAt(node.parent).label.kind;
  return node.parent == 0 || owner == RowKind::kUnreachable ||
         node.is_recursive || node.label.is_named() ||
         node.label.sharers != kNoString;
}

// Whether `node` is the __dict__ of its owner, and a part of its function.
bool ObjectPaths::IsNamespace(uint32_t function, NodeId node) const {
  const NodeId owner = tree_.idom[node];
  return owner < graph_.num_nodes() && functions_.of_node[owner] == function &&
         graph_.Follow(owner, dict_name_) == node;
}

std::string ObjectPaths::Step(uint32_t function, NodeId owner, NodeId node) {
  Label label = functions_.RawAt(function).label;
  if (label.form == LeafForm::kElement && owner < graph_.num_nodes()) {
    const NodeId key = KeyOf(owner, node);
    if (key != kNoNode && graph_.text[key] != kNoString) {
      const std::string_view type = graph_.type(key);
      const bool is_text = IsTextType(type) && type != "bytes";
      label.text = graph_.text[key];
      label.form = is_text ? LeafForm::kTextKey : LeafForm::kNumberKey;
    }
  }
  // A name that stands for many, each with a number (leaf_names.h).
  const bool is_folded =
      label.text != kNoString && owner < graph_.num_nodes() &&
      graph_.strings.Text(label.text).find('*') != std::string_view::npos;
  if (is_folded) label.text = OwnName(owner, node, label.text);
  return StepText(label, graph_.strings);
}

// What `owner` calls `node`, or `otherwise`.
StringId ObjectPaths::OwnName(NodeId owner, NodeId node, StringId otherwise) {
  const NodeId key = KeyOf(owner, node);
  if (key != kNoNode && graph_.text[key] != kNoString) return graph_.text[key];
  const absl::Span<const NodeId> targets = graph_.References(owner);
  for (size_t i = 0; i < targets.size(); ++i) {
    const StringId name = graph_.ReferenceName(owner, i);
    if (targets[i] == node && name != kNoString) return name;
  }
  return otherwise;
}

NodeId ObjectPaths::KeyOf(NodeId mapping, NodeId value) {
  const auto [entry, is_new] = keys_of_mapping_.try_emplace(mapping);
  KeyOfValue& key_of_value = entry->second;
  if (is_new) {
    for (const DictItem item : DictItems(graph_, mapping)) {
      key_of_value.try_emplace(item.value, item.key);
    }
  }
  const auto found = key_of_value.find(value);
  return found == key_of_value.end() ? kNoNode : found->second;
}

}  // namespace heapgrind
