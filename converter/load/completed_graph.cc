#include "converter/load/completed_graph.h"

#include <string_view>
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
    const std::string_view type = graph->strings.Text(shape.type);
    shape.is_sequence = IsSequenceType(type);
  }
}

void FindBlocks(HeapGraph* graph) {
  for (Shape& shape : graph->shapes) {
    shape.is_native = graph->strings.Text(shape.type) == kNativeType;
  }
}

bool IsSingletonName(std::string_view name) {
  return name == "small_ints" || name == "characters" || name == "empty";
}

// Of what the interpreter refers to, by the names of docs/dump_format.md.
void FindSingletons(HeapGraph* graph) {
  for (const Root& root : graph->roots) {
    if (root.kind != RootKind::kInterpreter) continue;
    for (size_t i = 0; i < root.names.size(); ++i) {
      if (!IsSingletonName(graph->strings.Text(root.names[i]))) continue;
      graph->is_singleton.resize(graph->num_nodes());
      const NodeId node = root.references[i];
      if (node != kNoNode) graph->is_singleton[node] = true;
    }
  }
}

}  // namespace

void CompleteGraph(bool has_reference_names, HeapGraph* graph) {
  graph->program_nodes = FindProgramNodes(*graph);
  FindBlocks(graph);
  const bool has_roots = !graph->roots.empty();
  if (has_reference_names) {
    FindSequences(graph);
  } else {
    graph->unnamed_dicts = InferDicts(*graph);
    InferDefinitions(graph);
    if (!has_roots) GiveStaticTypesToModules(graph);
  }
  FindSingletons(graph);
  if (has_roots) return;
  graph->module_of_copy = InferModulesOfCopies(*graph);
  graph->held_from_outside = InferRoots(*graph);
}

}  // namespace heapgrind
