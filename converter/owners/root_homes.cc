#include "converter/owners/root_homes.h"

#include <string_view>

namespace heapgrind {
namespace {

bool IsOwned(const HeapGraph& graph, const Root& root, size_t index) {
  const NodeId target = root.references[index];
  if (target == kNoNode) return false;
  if (root.kind == RootKind::kInterpreter) {
    return graph.kind(target) == NodeKind::kClass;
  }
  if (root.kind != RootKind::kThread || index >= root.names.size())
    return false;
  const std::string_view name = graph.strings.Text(root.names[index]);
  return name == "thread" || name == "local";
}

}  // namespace

void FindRootHomes(const HeapGraph& graph, Homes* homes) {
  for (size_t i = 0; i < graph.roots.size(); ++i) {
    const Root& root = graph.roots[i];
    for (size_t j = 0; j < root.references.size(); ++j) {
      if (!IsOwned(graph, root, j)) continue;
      homes->try_emplace(root.references[j], HomeAtRoot(graph, i));
    }
  }
}

}  // namespace heapgrind
