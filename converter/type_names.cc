#include "converter/type_names.h"

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"

namespace heapgrind {
namespace {

// For each name of a type, one class that instances with that name have, or
// kNoNode if they do not tell; and whether there are several.
struct Namesake {
  NodeId first = kNoNode;
  bool is_ambiguous = false;
};

absl::flat_hash_map<StringId, Namesake> FindNamesakes(const HeapGraph& graph,
                                                      StringId class_name) {
  absl::flat_hash_map<StringId, Namesake> namesakes;
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    const NodeId type = graph.Follow(node, class_name);
    const auto [entry, is_new] =
        namesakes.try_emplace(graph.shape(node).type, Namesake{type, false});
    if (!is_new && entry->second.first != type) {
      entry->second.is_ambiguous = true;
    }
  }
  return namesakes;
}

}  // namespace

std::string FullName(const HeapGraph& graph, NodeId definition) {
  const std::string_view name = graph.strings.Text(graph.text[definition]);
  const auto found = graph.definitions.find(definition);
  if (graph.kind(definition) == NodeKind::kModule ||
      found == graph.definitions.end()) {
    return std::string(name);
  }
  const std::string_view module = graph.strings.Text(found->second.module);
  const std::string_view qualname = graph.strings.Text(found->second.qualname);
  const absl::string_view local(qualname.data(), qualname.size());
  if (module.empty()) return std::string(local);
  return absl::StrCat(absl::string_view(module.data(), module.size()), ".",
                      local);
}

TypeNames::TypeNames(HeapGraph* graph)
    : graph_(*graph), class_name_(graph->strings.Find("__class__")) {
  if (class_name_ == kNoString) return;
  const auto namesakes = FindNamesakes(*graph, class_name_);
  for (NodeId node = 0; node < graph->num_nodes(); ++node) {
    const NodeId type = graph->Follow(node, class_name_);
    if (type == kNoNode ||
        !namesakes.at(graph->shape(node).type).is_ambiguous) {
      continue;
    }
    const auto [entry, is_new] = name_of_class_.try_emplace(type);
    if (is_new) entry->second = graph->strings.Intern(FullName(*graph, type));
  }
}

StringId TypeNames::Of(NodeId node) const {
  if (!name_of_class_.empty()) {
    const auto found = name_of_class_.find(graph_.Follow(node, class_name_));
    if (found != name_of_class_.end()) return found->second;
  }
  return graph_.shape(node).type;
}

}  // namespace heapgrind
