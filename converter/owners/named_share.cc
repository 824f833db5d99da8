#include "converter/owners/named_share.h"

#include <vector>

namespace heapgrind {
namespace {

bool IsNamed(const HeapGraph& graph, const OwnershipGraph& ownership,
             NodeId node) {
  if (ownership.IsObject(node)) {
    const NodeKind kind = graph.kind(node);
    return kind == NodeKind::kModule || kind == NodeKind::kFrame;
  }
  const bool is_root = node > ownership.main() && node < ownership.held();
  if (!is_root) return false;
  // sys.modules is a table of names, and no owner.
  return graph.roots[node - ownership.root(0)].kind != RootKind::kModules;
}

bool IsUnreachable(const OwnershipGraph& ownership, NodeId node) {
  return node == ownership.held() || node == ownership.garbage();
}

}  // namespace

NamedShare ComputeNamedShare(const HeapGraph& graph,
                             const OwnershipGraph& ownership,
                             const DominatorTree& tree) {
  NamedShare share;
  // By node: whether a named owner, or the anchor of what is unreachable or
  // waits for collection, is above it.
  std::vector<bool> is_named(ownership.num_nodes());
  std::vector<bool> is_garbage(ownership.num_nodes());
  std::vector<bool> is_unreachable(ownership.num_nodes());
  for (const uint32_t node : tree.preorder) {
    const NodeId owner = tree.idom[node];
    const bool has_owner = owner != kNoDominator;
    is_unreachable[node] =
        IsUnreachable(ownership, node) || (has_owner && is_unreachable[owner]);
    is_garbage[node] =
        node == ownership.garbage() || (has_owner && is_garbage[owner]);
    is_named[node] =
        !is_unreachable[node] &&
        (IsNamed(graph, ownership, node) || (has_owner && is_named[owner]));
    if (!ownership.IsObject(node)) continue;
    share.all_bytes += graph.size[node];
    if (is_named[node]) share.named_bytes += graph.size[node];
    if (is_garbage[node]) share.garbage_bytes += graph.size[node];
  }
  return share;
}

}  // namespace heapgrind
