#include "converter/python/namespaces.h"

namespace heapgrind {

Namespaces::Namespaces(const HeapGraph& graph)
    : graph_(graph),
      dict_(graph, "__dict__"),
      is_namespace_(graph.num_nodes()) {
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    const NodeId dict = DictOf(node);
    if (dict != kNoNode) is_namespace_[dict] = true;
  }
}

NodeId Namespaces::DictOf(NodeId owner) const {
  const NodeId named = dict_.Follow(owner);
  return named == kNoNode ? graph_.UnnamedDict(owner) : named;
}

}  // namespace heapgrind
