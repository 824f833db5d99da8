#include "converter/load/completed_graph.h"

#include <vector>

#include "converter/load/inferred_definitions.h"
#include "converter/load/inferred_dicts.h"
#include "converter/load/inferred_roots.h"
#include "converter/python/builtin_types.h"

namespace heapgrind {
namespace {

std::vector<NodeId> FindProgramNodes(const HeapGraph& graph) {
  std::vector<bool> is_plain;  // By shape.
  for (const Shape& shape : graph.shapes) {
    is_plain.push_back(shape.kind == NodeKind::kObject);
  }
  std::vector<NodeId> nodes;
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    if (!is_plain[graph.shape_of_node[node]]) nodes.push_back(node);
  }
  return nodes;
}

// Meliae writes the elements of a list from its end.
void FindSequences(HeapGraph* graph) {
  for (Shape& shape : graph->shapes) {
    shape.is_sequence = IsSequenceType(graph->strings.Text(shape.type));
  }
}

}  // namespace

void CompleteGraph(bool has_reference_names, HeapGraph* graph) {
  graph->program_nodes = FindProgramNodes(*graph);
  const bool has_roots = !graph->roots.empty();
  if (has_reference_names) {
    FindSequences(graph);
  } else {
    graph->unnamed_dicts = InferDicts(*graph);
    InferDefinitions(graph);
    if (!has_roots) GiveStaticTypesToModules(graph);
  }
  if (has_roots) return;
  graph->module_of_copy = InferModulesOfCopies(*graph);
  graph->held_from_outside = InferRoots(*graph);
}

}  // namespace heapgrind
