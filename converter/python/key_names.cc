#include "converter/python/key_names.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "converter/base/abseil_view.h"
#include "converter/heap/dict_items.h"
#include "converter/python/builtin_types.h"
#include "converter/python/type_names.h"

namespace heapgrind {
namespace {

constexpr size_t kMaxElements = 4;

bool IsNumberType(std::string_view type) {
  return type == "int" || type == "long" || type == "float" || type == "bool";
}

}  // namespace

KeyNames::KeyNames(const HeapGraph& graph, const Namespaces& namespaces)
    : graph_(graph),
      namespaces_(namespaces),
      class_name_(graph.strings.Find("__class__")) {
  absl::flat_hash_set<StringId> seen;
  for (const NodeId node : graph.program_nodes) {
    if (graph.kind(node) == NodeKind::kCode) continue;
    if (graph.kind(node) == NodeKind::kFrame) continue;
    const StringId name = graph.text[node];
    if (!seen.insert(name).second) ambiguous_.insert(name);
  }
}

std::string KeyNames::Of(NodeId key) const {
  const std::string name = OfNamed(key);
  if (!name.empty()) return name;
  const std::string_view type = graph_.type(key);
  if (type == "tuple") return OfTuple(key);
  return type == "frozenset" ? OfFrozenSet(key) : OfAtom(key);
}

std::string KeyNames::OfNamed(NodeId key) const {
  if (graph_.kind(key) != NodeKind::kObject) return OfDefinition(key);
  const NodeId type = graph_.Follow(key, class_name_);
  if (type == kNoNode || graph_.kind(type) != NodeKind::kClass ||
      IsAtomicType(graph_.type(key))) {
    return "";
  }
  const NodeId members = namespaces_.DictOf(type);
  if (members == kNoNode) return "";
  for (const DictItem item : DictItems(graph_, members)) {
    if (item.value != key || item.key == kNoNode) continue;
    const std::string_view name = graph_.strings.Text(graph_.text[item.key]);
    return absl::StrCat(OfDefinition(type), ".", View(name));
  }
  return "";
}

std::string KeyNames::OfDefinition(NodeId definition) const {
  const StringId name = graph_.text[definition];
  return ambiguous_.contains(name) ? FullName(graph_, definition)
                                   : std::string(graph_.strings.Text(name));
}

std::string KeyNames::OfAtom(NodeId key) const {
  const std::string_view type = graph_.type(key);
  if (type == "NoneType") return "None";
  const StringId text = graph_.text[key];
  if (text == kNoString) return "";
  const absl::string_view value = View(graph_.strings.Text(text));
  if (IsNumberType(type)) return std::string(value);
  if (!IsTextType(type)) return "";
  return absl::StrCat(type == "bytes" ? "b'" : "'", value, "'");
}

std::string KeyNames::OfElement(NodeId element) const {
  if (element == kNoNode) return "";
  const std::string name = OfNamed(element);
  return name.empty() ? OfAtom(element) : name;
}

// None if there are too many, or one of them has no name.
std::vector<std::string> KeyNames::OfElements(NodeId key) const {
  const absl::Span<const NodeId> elements = graph_.References(key);
  if (elements.size() > kMaxElements) return {};
  std::vector<std::string> names;
  for (const NodeId element : elements) {
    names.push_back(OfElement(element));
    if (names.back().empty()) return {};
  }
  return names;
}

std::string KeyNames::OfTuple(NodeId key) const {
  const std::vector<std::string> names = OfElements(key);
  if (names.empty()) return "";
  return absl::StrCat("(", absl::StrJoin(names, ", "),
                      names.size() == 1 ? ",)" : ")");
}

std::string KeyNames::OfFrozenSet(NodeId key) const {
  std::vector<std::string> names = OfElements(key);
  if (names.empty()) return "";
  std::sort(names.begin(), names.end());
  return absl::StrCat("frozenset(", absl::StrJoin(names, ", "), ")");
}

}  // namespace heapgrind
