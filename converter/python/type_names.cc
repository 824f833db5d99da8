#include "converter/python/type_names.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "converter/base/abseil_view.h"

namespace heapgrind {
namespace {

// What instances of one type's name are: of one class, of several, or of what
// they do not tell.
struct Namesake {
  bool is_known = false;
  NodeId first = kNoNode;  // A class that an instance refers to.
  bool is_ambiguous = false;

  void Add(NodeId type) {
    if (is_known && first != type) is_ambiguous = true;
    if (!is_known) first = type;
    is_known = true;
  }
};

// A type as rows may have it, TYPE::LEAF (PATH).
std::string RowName(std::string_view type) {
  if (type.find_first_not_of(" \t\n\v\f\r") == std::string_view::npos) {
    return "?";
  }
  std::string name(type);
  std::replace(name.begin(), name.end(), '(', '[');
  std::replace(name.begin(), name.end(), ')', ']');
  return name;
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
  if (module.empty()) return std::string(qualname);
  return absl::StrCat(View(module), ".", View(qualname));
}

TypeNames::TypeNames(HeapGraph* graph)
    : graph_(*graph),
      class_(*graph, "__class__"),
      is_ambiguous_(graph->shapes.size()) {
  absl::flat_hash_map<StringId, Namesake> namesakes;
  std::vector<Namesake*> namesake_of_shape;
  namesakes.reserve(graph->shapes.size());  // So that they stay in place.
  for (const Shape& shape : graph->shapes) {
    namesake_of_shape.push_back(&namesakes[shape.type]);
    name_of_shape_.push_back(
        graph->strings.Intern(RowName(graph->strings.Text(shape.type))));
  }
  // Most objects of a shape are of one class, which is asked for once then.
  std::vector<NodeId> last_target(graph->shapes.size(), kNoNode);
  std::vector<NodeId> last_class(graph->shapes.size(), kNoNode);
  for (NodeId node = 0; node < graph->num_nodes(); ++node) {
    const uint32_t shape = graph->shape_of_node[node];
    const NodeId target = class_.Follow(node);
    if (target != last_target[shape]) last_class[shape] = ClassOf(node);
    last_target[shape] = target;
    namesake_of_shape[shape]->Add(last_class[shape]);
  }
  for (size_t i = 0; i < graph->shapes.size(); ++i) {
    is_ambiguous_[i] = namesake_of_shape[i]->is_ambiguous;
  }
  for (NodeId node = 0; node < graph->num_nodes(); ++node) {
    if (!is_ambiguous_[graph->shape_of_node[node]]) continue;
    const NodeId type = ClassOf(node);
    if (type == kNoNode) continue;
    const auto [entry, is_new] = name_of_class_.try_emplace(type);
    if (is_new)
      entry->second = graph->strings.Intern(RowName(FullName(*graph, type)));
  }
}

StringId TypeNames::Of(NodeId node) const {
  if (is_ambiguous_[graph_.shape_of_node[node]]) {
    const NodeId type = ClassOf(node);
    if (type != kNoNode) return name_of_class_.find(type)->second;
  }
  return name_of_shape_[graph_.shape_of_node[node]];
}

NodeId TypeNames::ClassOf(NodeId node) const {
  const NodeId type = class_.Follow(node);
  if (type == kNoNode || graph_.kind(type) != NodeKind::kClass) return kNoNode;
  const std::string_view name = graph_.strings.Text(graph_.text[type]);
  const std::string_view of_node = graph_.strings.Text(graph_.shape(node).type);
  return absl::EndsWith(View(of_node), View(name)) ? type : kNoNode;
}

}  // namespace heapgrind
