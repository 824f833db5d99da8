#include "converter/python/namespaces.h"

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "converter/python/inferred_dicts.h"
#include "converter/python/value_types.h"

namespace heapgrind {
namespace {

// Built-in types whose dictionaries are not attributes.
bool RefersToDictsOfOthers(std::string_view type) {
  static const auto* const kTypes =
      new absl::flat_hash_set<absl::string_view>{"builtin_function_or_method",
                                                 "cell",
                                                 "code",
                                                 "frame",
                                                 "function",
                                                 "generator",
                                                 "getset_descriptor",
                                                 "instancemethod",
                                                 "iterator",
                                                 "dictproxy",
                                                 "mappingproxy",
                                                 "member_descriptor",
                                                 "method_descriptor",
                                                 "weakref",
                                                 "wrapper_descriptor"};
  return kTypes->contains({type.data(), type.size()});
}

}  // namespace

Namespaces::Namespaces(const HeapGraph& graph)
    : graph_(graph),
      dict_(graph, "__dict__"),
      is_namespace_(graph.num_nodes()) {
  if (!graph.has_reference_names) {
    dict_of_static_type_ = InferDictsOfStaticTypes(graph);
  }
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    const NodeId dict = DictOf(node);
    if (dict != kNoNode) is_namespace_[dict] = true;
  }
}

NodeId Namespaces::DictOf(NodeId owner) const {
  return graph_.has_reference_names ? dict_.Follow(owner) : InferDictOf(owner);
}

NodeId Namespaces::InferDictOf(NodeId owner) const {
  const std::string_view type = graph_.type(owner);
  if (IsContainerType(type) || RefersToDictsOfOthers(type)) return kNoNode;
  for (const NodeId target : graph_.References(owner)) {
    if (target != kNoNode && graph_.type(target) == "dict") return target;
  }
  const auto found = dict_of_static_type_.find(owner);
  return found == dict_of_static_type_.end() ? kNoNode : found->second;
}

}  // namespace heapgrind
