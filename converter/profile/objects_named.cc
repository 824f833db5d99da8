#include "converter/profile/objects_named.h"

#include <string>

#include "converter/profile/name_walk.h"

namespace heapgrind {

std::vector<bool> FindObjectsNamed(std::string_view text,
                                   const HeapGraph& graph,
                                   const FunctionTable& functions) {
  std::vector<bool> is_match(functions.size());
  ForEachName(functions, graph.strings, Places::kShown,
              [&](uint32_t function, const std::string& name) {
                is_match[function] =
                    function != 0 && name.find(text) != std::string::npos;
              });
  std::vector<bool> is_focused(graph.num_nodes());
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    is_focused[node] = is_match[functions.of_node[node]];
  }
  return is_focused;
}

}  // namespace heapgrind
