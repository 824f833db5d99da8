#include "converter/owners/root_homes.h"

#include <string_view>

#include "converter/heap/dict_items.h"
#include "converter/heap/named_reference.h"

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
  return name == "thread" || name == "local" || name == "greenlet";
}

// Greenlets that a thread keeps among its data, as gevent does its hub.
void ClaimGreenlets(const HeapGraph& graph, const NamedReference& frame,
                    NodeId data, Homes* homes) {
  for (const auto [key, value] : DictItems(graph, data)) {
    const bool is_greenlet = value != kNoNode && frame.Follow(value) != kNoNode;
    if (is_greenlet) homes->try_emplace(value, data);
  }
}

}  // namespace

void FindRootHomes(const HeapGraph& graph, Homes* homes) {
  const NamedReference frame(graph, "gr_frame");
  for (size_t i = 0; i < graph.roots.size(); ++i) {
    const Root& root = graph.roots[i];
    for (size_t j = 0; j < root.references.size(); ++j) {
      if (!IsOwned(graph, root, j)) continue;
      homes->try_emplace(root.references[j], HomeAtRoot(graph, i));
      if (root.kind == RootKind::kThread)
        ClaimGreenlets(graph, frame, root.references[j], homes);
    }
  }
}

}  // namespace heapgrind
