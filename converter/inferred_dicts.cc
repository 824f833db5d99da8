#include "converter/inferred_dicts.h"

#include <string_view>

#include "absl/strings/match.h"
#include "absl/strings/string_view.h"

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
  const absl::Span<const NodeId> items = graph.References(dict);
  const size_t num_pairs = graph.NumPairReferences(dict);
  NodeId constructed = kNoNode;
  for (size_t i = 1; i < num_pairs; i += 2) {
    if (items[i] == kNoNode || items[i - 1] == kNoNode) continue;
    const std::string_view type = graph.type(items[i]);
    if (IsDescriptor(type)) return ClassOfDescriptor(graph, items[i]);
    const bool is_new =
        type == "builtin_function_or_method" &&
        graph.strings.Text(graph.text[items[i - 1]]) == "__new__";
    if (is_new) constructed = ClassOfDescriptor(graph, items[i]);
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
  const absl::Span<const NodeId> items = graph.References(dict);
  const size_t num_pairs = graph.NumPairReferences(dict);
  StringId name = kNoString;
  bool has_doc = false;
  for (size_t i = 0; i + 1 < num_pairs; i += 2) {
    if (items[i] == kNoNode || items[i + 1] == kNoNode) continue;
    const std::string_view key = graph.strings.Text(graph.text[items[i]]);
    if (key == "__doc__") has_doc = true;
    if (key == "__name__") name = graph.text[items[i + 1]];
  }
  return has_doc ? name : kNoString;
}

}  // namespace heapgrind
