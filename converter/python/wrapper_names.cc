#include "converter/python/wrapper_names.h"

#include <string_view>

#include "converter/heap/dict_items.h"
#include "converter/python/builtin_types.h"

namespace heapgrind {

WrapperNames::WrapperNames(const HeapGraph& graph, const Namespaces& namespaces)
    : graph_(graph),
      namespaces_(namespaces),
      module_name_(graph.strings.Find("__module__")),
      qualname_name_(graph.strings.Find("__qualname__")) {}

WrapperNames::Names WrapperNames::Of(NodeId object) const {
  if (module_name_ == kNoString || qualname_name_ == kNoString) return {};
  const NodeId dict = namespaces_.DictOf(object);
  if (dict != kNoNode) return InDict(dict);
  // In a heap of 3.11 and later the attributes may lie in the object itself.
  const Names names = {TextOf(graph_.Follow(object, module_name_)),
                       TextOf(graph_.Follow(object, qualname_name_))};
  return names.module == kNoString ? Names() : names;
}

WrapperNames::Names WrapperNames::InDict(NodeId dict) const {
  Names names;
  for (const auto [key, value] : DictItems(graph_, dict)) {
    if (key == kNoNode) continue;
    if (graph_.text[key] == qualname_name_) names.qualname = TextOf(value);
    if (graph_.text[key] == module_name_) names.module = TextOf(value);
  }
  const bool has_both =
      names.module != kNoString && names.qualname != kNoString;
  return has_both ? names : Names();
}

StringId WrapperNames::TextOf(NodeId node) const {
  if (node == kNoNode) return kNoString;
  const std::string_view type = graph_.type(node);
  const bool is_text = IsTextType(type) && type != "bytes";
  return is_text ? graph_.text[node] : kNoString;
}

}  // namespace heapgrind
