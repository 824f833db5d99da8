#include "converter/python/inferred_dicts.h"

#include <string_view>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "converter/heap/items.h"

namespace heapgrind {
namespace {

bool IsDescriptor(std::string_view type) {
  return absl::EndsWith({type.data(), type.size()}, "_descriptor");
}

// The class that a descriptor describes, or kNoNode.
NodeId ClassOfDescriptor(const HeapGraph& graph, NodeId descriptor) {
  for (const NodeId target : graph.References(descriptor)) {
    if (target != kNoNode && graph.kind(target) == NodeKind::kClass) {
      return target;
    }
  }
  return kNoNode;
}

// The class of the first descriptor, or of a bound `__new__`, in `dict`.
NodeId ClassOfDict(const HeapGraph& graph, NodeId dict) {
  NodeId constructed = kNoNode;
  for (const auto [key, value] : Items(graph, dict)) {
    if (key == kNoNode || value == kNoNode) continue;
    const std::string_view type = graph.type(value);
    if (IsDescriptor(type)) return ClassOfDescriptor(graph, value);
    const bool is_new = type == "builtin_function_or_method" &&
                        graph.strings.Text(graph.text[key]) == "__new__";
    if (is_new) constructed = ClassOfDescriptor(graph, value);
  }
  return constructed;
}

bool RefersToDict(const HeapGraph& graph, NodeId node) {
  for (const NodeId target : graph.References(node)) {
    if (target != kNoNode && graph.type(target) == "dict") return true;
  }
  return false;
}

}  // namespace

absl::flat_hash_map<NodeId, NodeId> InferDictsOfStaticTypes(
    const HeapGraph& graph) {
  absl::flat_hash_map<NodeId, NodeId> dict_of_type;
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    if (graph.type(node) != "dict") continue;
    const NodeId type = ClassOfDict(graph, node);
    if (type == kNoNode || RefersToDict(graph, type)) continue;
    dict_of_type.try_emplace(type, node);
  }
  return dict_of_type;
}

StringId NameOfModuleDict(const HeapGraph& graph, NodeId dict) {
  StringId name = kNoString;
  bool has_doc = false;
  for (const auto [key, value] : Items(graph, dict)) {
    if (key == kNoNode || value == kNoNode) continue;
    const std::string_view text = graph.strings.Text(graph.text[key]);
    if (text == "__doc__") has_doc = true;
    if (text == "__name__") name = graph.text[value];
  }
  return has_doc ? name : kNoString;
}

}  // namespace heapgrind
