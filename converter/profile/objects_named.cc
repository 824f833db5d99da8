#include "converter/profile/objects_named.h"

#include <string>

#include "converter/profile/path_names.h"

namespace heapgrind {

std::vector<bool> FindObjectsNamed(std::string_view text,
                                   const HeapGraph& graph,
                                   const FunctionTable& functions) {
  const std::vector<std::string> paths = MakePaths(functions, graph.strings);
  std::vector<bool> is_match(functions.size());
  for (uint32_t i = 1; i < is_match.size(); ++i) {
    const std::string name = MakeName(functions, i, paths, graph.strings);
    is_match[i] = name.find(text) != std::string::npos;
  }
  std::vector<bool> is_focused(graph.num_nodes());
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    is_focused[node] = is_match[functions.of_node[node]];
  }
  return is_focused;
}

}  // namespace heapgrind
