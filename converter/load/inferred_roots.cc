#include "converter/load/inferred_roots.h"

namespace heapgrind {

std::vector<NodeId> InferRoots(const HeapGraph& graph) {
  std::vector<bool> is_target(graph.num_nodes());
  for (const NodeId target : graph.references) {
    if (target != kNoNode) is_target[target] = true;
  }
  std::vector<NodeId> roots;
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    const NodeKind kind = graph.kind(node);
    const bool is_root = kind == NodeKind::kModule ||
                         kind == NodeKind::kFrame || !is_target[node];
    if (is_root) roots.push_back(node);
  }
  return roots;
}

void GiveStaticTypesToModules(HeapGraph* graph) {
  for (const NodeId node : graph->program_nodes) {
    const bool is_static = graph->kind(node) == NodeKind::kClass &&
                           graph->References(node).empty();
    if (is_static) graph->definitions[node].is_of_module = true;
  }
}

}  // namespace heapgrind
