#include "converter/load/inferred_dicts.h"

#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/match.h"
#include "absl/strings/string_view.h"
#include "converter/base/abseil_view.h"
#include "converter/heap/dict_items.h"
#include "converter/python/builtin_types.h"

namespace heapgrind {
namespace {

using NodeOfNode = absl::flat_hash_map<NodeId, NodeId>;

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
  return kTypes->contains(View(type));
}

class DictInference {
 public:
  explicit DictInference(const HeapGraph& graph) : graph_(graph) {
    for (const Shape& shape : graph.shapes) {
      const std::string_view type = graph.strings.Text(shape.type);
      is_dict_.push_back(type == "dict");
      has_attributes_.push_back(!IsContainerType(type) &&
                                !RefersToDictsOfOthers(type));
    }
  }

  NodeOfNode Run() {
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      if (!has_attributes_[graph_.shape_of_node[node]]) continue;
      const NodeId dict = FirstDict(node);
      if (dict != kNoNode) dict_of_owner_.emplace(node, dict);
    }
    for (NodeId node = 0; node < graph_.num_nodes(); ++node) {
      if (IsDict(node)) GiveToStaticType(node);
    }
    return std::move(dict_of_owner_);
  }

 private:
  bool IsDict(NodeId node) const {
    return is_dict_[graph_.shape_of_node[node]];
  }

  NodeId FirstDict(NodeId owner) const {
    for (const NodeId target : graph_.References(owner)) {
      if (target != kNoNode && IsDict(target)) return target;
    }
    return kNoNode;
  }

  // Of several dictionaries that may be the type's, the first counts.
  void GiveToStaticType(NodeId dict) {
    const NodeId type = ClassOfDict(dict);
    if (type == kNoNode || !has_attributes_[graph_.shape_of_node[type]]) return;
    dict_of_owner_.try_emplace(type, dict);
  }

  // The class of the first descriptor, or of a bound `__new__`, in `dict`.
  NodeId ClassOfDict(NodeId dict) const {
    NodeId constructed = kNoNode;
    for (const auto [key, value] : DictItems(graph_, dict)) {
      if (key == kNoNode || value == kNoNode) continue;
      const std::string_view type = graph_.type(value);
      if (absl::EndsWith(View(type), "_descriptor")) {
        return ClassOfDescriptor(value);
      }
      const bool is_new = type == "builtin_function_or_method" &&
                          graph_.strings.Text(graph_.text[key]) == "__new__";
      if (is_new) constructed = ClassOfDescriptor(value);
    }
    return constructed;
  }

  // The class that a descriptor describes, or kNoNode.
  NodeId ClassOfDescriptor(NodeId descriptor) const {
    for (const NodeId target : graph_.References(descriptor)) {
      if (target != kNoNode && graph_.kind(target) == NodeKind::kClass) {
        return target;
      }
    }
    return kNoNode;
  }

  const HeapGraph& graph_;
  std::vector<bool> is_dict_;         // By shape.
  std::vector<bool> has_attributes_;  // By shape: its dictionaries are those.
  NodeOfNode dict_of_owner_;
};

// The name of the module whose namespace `dict` is, or is a copy of; kNoString
// if it is neither.  Linear in its items.
StringId NameOfModuleDict(const HeapGraph& graph, NodeId dict) {
  StringId name = kNoString;
  bool has_doc = false;
  for (const auto [key, value] : DictItems(graph, dict)) {
    if (key == kNoNode || value == kNoNode) continue;
    const std::string_view text = graph.strings.Text(graph.text[key]);
    if (text == "__doc__") has_doc = true;
    if (text == "__name__") name = graph.text[value];
  }
  return has_doc ? name : kNoString;
}

}  // namespace

NodeOfNode InferDicts(const HeapGraph& graph) {
  return DictInference(graph).Run();
}

NodeOfNode InferModulesOfCopies(const HeapGraph& graph) {
  absl::flat_hash_map<StringId, NodeId> module_of_name;
  for (const NodeId node : graph.program_nodes) {
    if (graph.kind(node) != NodeKind::kModule) continue;
    module_of_name.try_emplace(graph.text[node], node);
  }
  NodeOfNode module_of_copy;
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    if (graph.type(node) != "dict") continue;
    const StringId name = NameOfModuleDict(graph, node);
    const auto module = module_of_name.find(name);
    if (name == kNoString || module == module_of_name.end()) continue;
    module_of_copy.emplace(node, module->second);
  }
  return module_of_copy;
}

}  // namespace heapgrind
