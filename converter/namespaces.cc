#include "converter/namespaces.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "converter/inferred_dicts.h"
#include "converter/value_types.h"

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
      dict_place_of_shape_(graph.shapes.size(), -1),
      is_namespace_(graph.num_nodes()) {
  if (!graph.has_reference_names) {
    dict_of_static_type_ = InferDictsOfStaticTypes(graph);
  }
  const StringId dict_name = graph.strings.Find("__dict__");
  for (size_t i = 0; i < graph.shapes.size() && dict_name != kNoString; ++i) {
    const std::vector<StringId>& names = graph.shapes[i].names;
    const auto place = std::find(names.begin(), names.end(), dict_name);
    if (place != names.end()) {
      dict_place_of_shape_[i] = static_cast<int>(place - names.begin());
    }
  }
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    const NodeId dict = DictOf(node);
    if (dict != kNoNode) is_namespace_[dict] = true;
  }
}

NodeId Namespaces::DictOf(NodeId owner) const {
  if (!graph_.has_reference_names) return InferDictOf(owner);
  const int place = dict_place_of_shape_[graph_.shape_of_node[owner]];
  if (place < 0) return kNoNode;
  const size_t index = graph_.NumPairReferences(owner) + place;
  const absl::Span<const NodeId> targets = graph_.References(owner);
  return index < targets.size() ? targets[index] : kNoNode;
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
