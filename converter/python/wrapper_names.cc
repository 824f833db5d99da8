#include "converter/python/wrapper_names.h"

#include "converter/heap/dict_items.h"

namespace heapgrind {

WrapperNames::WrapperNames(const HeapGraph& graph, const Namespaces& namespaces)
    : graph_(graph),
      namespaces_(namespaces),
      module_name_(graph.strings.Find("__module__")),
      qualname_name_(graph.strings.Find("__qualname__")) {
  if (module_name_ == kNoString || qualname_name_ == kNoString) return;
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    if (graph.text[node] == module_name_) module_keys_.insert(node);
    if (graph.text[node] == qualname_name_) qualname_keys_.insert(node);
  }
}

WrapperNames::Names WrapperNames::Of(NodeId object) const {
  if (qualname_name_ == kNoString) return {};
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
    if (qualname_keys_.contains(key)) names.qualname = TextOf(value);
    if (module_keys_.contains(key)) names.module = TextOf(value);
  }
  const bool has_both =
      names.module != kNoString && names.qualname != kNoString;
  return has_both ? names : Names();
}

StringId WrapperNames::TextOf(NodeId node) const {
  const bool is_text = node != kNoNode && (graph_.type(node) == "str" ||
                                           graph_.type(node) == "unicode");
  return is_text ? graph_.text[node] : kNoString;
}

}  // namespace heapgrind
