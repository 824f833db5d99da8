#include "converter/python/namespace_members.h"

#include "converter/heap/dict_items.h"

namespace heapgrind {

NamespaceMembers::NamespaceMembers(const HeapGraph& graph,
                                   const Namespaces& namespaces) {
  for (const NodeId owner : graph.program_nodes) {
    const NodeKind kind = graph.kind(owner);
    const bool has_members =
        kind == NodeKind::kModule || kind == NodeKind::kClass;
    const NodeId dict = has_members ? namespaces.DictOf(owner) : kNoNode;
    if (dict == kNoNode) continue;
    for (const auto [key, value] : DictItems(graph, dict)) {
      if (key == kNoNode || value == kNoNode) continue;
      member_.try_emplace({owner, graph.text[key]}, value);
    }
  }
}

NodeId NamespaceMembers::Find(NodeId owner, StringId name) const {
  const auto found = member_.find({owner, name});
  return found == member_.end() ? kNoNode : found->second;
}

}  // namespace heapgrind
