#include "converter/owners/code_homes.h"

#include <vector>

namespace heapgrind {
namespace {

std::vector<NodeId> CodeOfFunctions(const HeapGraph& graph) {
  const StringId code_name = graph.strings.Find("__code__");
  std::vector<NodeId> codes;
  for (const NodeId node : graph.program_nodes) {
    if (graph.kind(node) != NodeKind::kFunction) continue;
    const NodeId code = graph.Follow(node, code_name);
    // A module that runs is a function, too.
    const bool is_module = graph.strings.Text(graph.text[node]) == "<module>";
    if (code != kNoNode && !is_module) codes.push_back(code);
  }
  return codes;
}

}  // namespace

void FindCodeHomes(const HeapGraph& graph, Homes* homes) {
  const StringId constants_name = graph.strings.Find("co_consts");
  std::vector<NodeId> waiting = CodeOfFunctions(graph);
  while (!waiting.empty()) {
    const NodeId constants = graph.Follow(waiting.back(), constants_name);
    waiting.pop_back();
    if (constants == kNoNode) continue;
    for (const NodeId constant : graph.References(constants)) {
      const bool is_nested = constant != kNoNode &&
                             graph.kind(constant) == NodeKind::kCode &&
                             homes->try_emplace(constant, constants).second;
      if (is_nested) waiting.push_back(constant);
    }
  }
}

}  // namespace heapgrind
