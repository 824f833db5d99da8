#include "converter/owners/waiting_greenlets.h"

#include <algorithm>

#include "converter/heap/named_reference.h"

namespace heapgrind {

std::vector<std::pair<NodeId, NodeId>> FindWaitingGreenlets(
    const HeapGraph& graph) {
  std::vector<std::pair<NodeId, NodeId>> greenlets;
  if (graph.strings.Find("gr_frame") == kNoString) return greenlets;
  const NamedReference frame(graph, "gr_frame");
  const NamedReference parent(graph, "parent");
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    if (frame.Follow(node) == kNoNode) continue;
    const NodeId hub = parent.Follow(node);
    if (hub != kNoNode) greenlets.emplace_back(hub, node);
  }
  std::sort(greenlets.begin(), greenlets.end());
  return greenlets;
}

}  // namespace heapgrind
