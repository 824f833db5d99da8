#include "converter/profile/reference_leaves.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "converter/base/abseil_view.h"
#include "converter/heap/dict_items.h"
#include "converter/python/builtin_types.h"

namespace heapgrind {
namespace {

// A dictionary up to the first size keeps its keys as names; up to the second
// it does unless its values are all of one type.
constexpr size_t kFewItems = 16;
constexpr size_t kManyItems = 128;

// So many keys of one name are not told apart.
constexpr size_t kMinNumbered = 5;

}  // namespace

ReferenceLeaves::ReferenceLeaves(HeapGraph* graph, const Namespaces& namespaces)
    : graph_(*graph),
      namespaces_(namespaces),
      key_names_(*graph, namespaces),
      dict_name_(graph->strings.Find("__dict__")),
      called_name_(graph->strings.Find("called")),
      has_elements_(FindElementShapes(*graph)) {}

Leaf ReferenceLeaves::Of(NodeId source, size_t index) {
  if (index >= graph_.NumPairReferences(source)) return OfPart(source, index);
  if (index % 2 == 0) return {kNoString, LeafForm::kKey};
  if (!KeepsKeys(source)) return {kNoString, LeafForm::kElement};
  return OfValue(source, index);
}

Leaf ReferenceLeaves::OfRoot(const Root& root, size_t index) const {
  const StringId name = root.kind == RootKind::kModules ? root.name
                        : index < root.names.size()     ? root.names[index]
                                                        : kNoString;
  if (name != kNoString) return {name, LeafForm::kAttribute};
  return {kNoString, IsBlock(root.references[index]) ? LeafForm::kBlock
                                                     : LeafForm::kUnnamed};
}

bool ReferenceLeaves::KeepsKeys(NodeId mapping) const {
  const size_t num_items = graph_.NumPairReferences(mapping) / 2;
  if (namespaces_.IsNamespace(mapping) || num_items <= kFewItems) return true;
  return num_items <= kManyItems && !ValuesAreOfOneType(mapping);
}

bool ReferenceLeaves::ValuesAreOfOneType(NodeId mapping) const {
  StringId type = kNoString;
  for (const DictItem item : DictItems(graph_, mapping)) {
    if (item.value == kNoNode) continue;
    const StringId value_type = graph_.shape(item.value).type;
    if (type != kNoString && value_type != type) return false;
    type = value_type;
  }
  return true;
}

Leaf ReferenceLeaves::OfValue(NodeId mapping, size_t index) {
  const NodeId key = graph_.References(mapping)[index - 1];
  const bool is_namespace = namespaces_.IsNamespace(mapping);
  if (is_namespace && IsPlainText(key)) {
    return {graph_.text[key], LeafForm::kAttribute};
  }
  if (mapping != mapping_) NameValues(mapping);
  Leaf leaf = leaf_of_item_[index / 2];
  if (is_namespace && leaf.form == LeafForm::kTextKey) {
    leaf.form = LeafForm::kAttribute;
  }
  return leaf;
}

bool ReferenceLeaves::IsPlainText(NodeId key) const {
  if (key == kNoNode || graph_.text[key] == kNoString) return false;
  const std::string_view type = graph_.type(key);
  return type == "str" || type == "unicode";
}

void ReferenceLeaves::NameValues(NodeId mapping) {
  mapping_ = mapping;
  leaf_of_item_.clear();
  for (const DictItem item : DictItems(graph_, mapping)) {
    leaf_of_item_.push_back(OfKey(item.key));
  }
  order_.clear();
  for (size_t i = 0; i < leaf_of_item_.size(); ++i) {
    if (leaf_of_item_[i].text != kNoString) order_.push_back(i);
  }
  const auto sort_key = [this](size_t item) {
    const Leaf& leaf = leaf_of_item_[item];
    return std::tuple(leaf.text, leaf.form, item);
  };
  std::sort(order_.begin(), order_.end(),
            [&](size_t a, size_t b) { return sort_key(a) < sort_key(b); });
  for (size_t begin = 0, end; begin < order_.size(); begin = end) {
    end = EndOfAlike(begin);
    if (end - begin < kMinNumbered) NumberAlike(begin, end);
  }
}

size_t ReferenceLeaves::EndOfAlike(size_t begin) const {
  const Leaf& first = leaf_of_item_[order_[begin]];
  size_t end = begin + 1;
  while (end < order_.size() && leaf_of_item_[order_[end]] == first) ++end;
  return end;
}

void ReferenceLeaves::NumberAlike(size_t begin, size_t end) {
  for (size_t i = begin + 1; i < end; ++i) {
    StringId& text = leaf_of_item_[order_[i]].text;
    text = graph_.strings.Intern(
        absl::StrCat(View(graph_.strings.Text(text)), " #", i - begin + 1));
  }
}

Leaf ReferenceLeaves::OfKey(NodeId key) {
  if (key == kNoNode) return {kNoString, LeafForm::kElement};
  const StringId text = graph_.text[key];
  std::string name = IsPlainText(key) ? "" : key_names_.Of(key);
  if (name.empty() && text != kNoString) return {text, LeafForm::kTextKey};
  const bool is_hidden = IsTextType(graph_.type(key));  // hidden_keys.h
  if (name.empty() && is_hidden) return {kNoString, LeafForm::kElement};
  if (name.empty()) name = absl::StrCat("<", View(graph_.type(key)), ">");
  return {graph_.strings.Intern(name), LeafForm::kNumberKey};
}

Leaf ReferenceLeaves::OfPart(NodeId source, size_t index) const {
  const StringId name = graph_.ReferenceName(source, index);
  const NodeId target = graph_.References(source)[index];
  if (name == dict_name_ ? name != kNoString : IsUnnamedDict(source, target)) {
    return {kNoString, LeafForm::kNamespace};
  }
  if (name == kNoString && IsBlock(target)) {
    return {kNoString, LeafForm::kBlock};
  }
  if (name == kNoString) {
    return {kNoString, has_elements_[graph_.shape_of_node[source]]
                           ? LeafForm::kElement
                           : LeafForm::kUnnamed};
  }
  return {name, name == called_name_ ? LeafForm::kFrame : LeafForm::kAttribute};
}

bool ReferenceLeaves::IsUnnamedDict(NodeId owner, NodeId target) const {
  return namespaces_.IsNamespace(target) && graph_.UnnamedDict(owner) == target;
}

}  // namespace heapgrind
