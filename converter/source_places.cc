#include "converter/source_places.h"

#include <algorithm>

namespace heapgrind {
namespace {

const Definition* FindDefinition(const HeapGraph& graph, NodeId node) {
  const auto found = graph.definitions.find(node);
  return found == graph.definitions.end() ? nullptr : &found->second;
}

// A function's place is its code's.
NodeId Defining(const HeapGraph& graph, NodeId node, StringId code_name) {
  if (graph.kind(node) != NodeKind::kFunction) return node;
  const NodeId code = graph.Follow(node, code_name);
  return code == kNoNode ? node : code;
}

}  // namespace

std::vector<SourcePlace> FindSourcePlaces(const HeapGraph& graph,
                                          const ProfileTree& tree) {
  const StringId code_name = graph.strings.Find("__code__");
  std::vector<SourcePlace> places(tree.nodes.size());
  for (uint32_t i = 1; i < tree.nodes.size(); ++i) {
    const ProfileNode& node = tree.nodes[i];
    places[i] = places[node.parent];
    if (node.example == kNoNode || node.num_pruned > 0) continue;
    const Definition* const definition =
        FindDefinition(graph, Defining(graph, node.example, code_name));
    if (definition == nullptr) continue;
    if (definition->file != kNoString) {
      places[i] = {definition->file, std::max<uint32_t>(definition->line, 1)};
    } else if (definition->line > 0) {
      places[i].line = definition->line;
    }
  }
  return places;
}

}  // namespace heapgrind
