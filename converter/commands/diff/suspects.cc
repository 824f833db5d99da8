#include "converter/commands/diff/suspects.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "converter/base/clean_name.h"
#include "converter/profile/object_paths.h"

namespace heapgrind {
namespace {

// The elements of `wanted` for which `others` has the same object, or has not.
std::vector<ObjectIdentity> Select(const std::vector<ObjectIdentity>& others,
                                   const std::vector<ObjectIdentity>& wanted,
                                   bool in_both) {
  std::vector<ObjectIdentity> selected;
  size_t i = 0;
  for (const ObjectIdentity& object : wanted) {
    while (i < others.size() && others[i].address < object.address) ++i;
    const bool is_in_both = i < others.size() &&
                            others[i].address == object.address &&
                            IsSameObject(others[i], object);
    if (is_in_both == in_both) selected.push_back(object);
  }
  return selected;
}

// By node of the ownership graph: the topmost suspect above it, or kNoNode.
std::vector<NodeId> FindTopmost(const std::vector<ObjectIdentity>& suspects,
                                AnalyzedHeap* heap) {
  const HeapGraph& graph = heap->graph();
  const OwnerAnalysis& owners = heap->owners();
  std::vector<bool> is_suspect(owners.ownership.num_nodes());
  NodeId node = 0;
  for (const ObjectIdentity& suspect : suspects) {
    while (graph.address[node] < suspect.address) ++node;
    is_suspect[node] = true;
  }
  std::vector<NodeId> topmost(owners.ownership.num_nodes(), kNoNode);
  for (const NodeId place : owners.tree.preorder) {
    if (!is_suspect[place]) continue;
    const NodeId owner = owners.tree.idom[place];
    const bool is_owned = owner != kNoDominator && topmost[owner] != kNoNode;
    topmost[place] = is_owned ? topmost[owner] : place;
  }
  return topmost;
}

}  // namespace

std::vector<ObjectIdentity> WithoutThoseOf(
    const std::vector<ObjectIdentity>& before,
    const std::vector<ObjectIdentity>& after) {
  return Select(before, after, false);
}

std::vector<ObjectIdentity> StillIn(
    const std::vector<ObjectIdentity>& heap,
    const std::vector<ObjectIdentity>& candidates) {
  return Select(heap, candidates, true);
}

Suspects FindOwners(const std::vector<ObjectIdentity>& suspects,
                    const ComparedHeap& compared, const StringTable& strings,
                    AnalyzedHeap* heap) {
  const std::vector<NodeId> topmost = FindTopmost(suspects, heap);
  ObjectPaths paths(heap->graph(), heap->owners().tree, heap->profile());
  Suspects result;
  absl::flat_hash_map<StringId, SuspectRow> row_of_name;
  for (NodeId node = 0; node < heap->graph().num_nodes(); ++node) {
    if (topmost[node] == kNoNode) continue;
    const StringId name = compared.names[compared.functions[topmost[node]]];
    SuspectRow& row = row_of_name[name];
    row.suspects.Add(compared.sizes[node]);
    result.all.Add(compared.sizes[node]);
    if (topmost[node] != node) continue;
    if (row.topmost++ == 0) row.example = CleanName(paths.Of(node));
  }
  for (auto& [name, row] : row_of_name) {
    row.name = std::string(strings.Text(name));
    result.rows.push_back(row);
  }
  std::sort(result.rows.begin(), result.rows.end(),
            [](const SuspectRow& a, const SuspectRow& b) {
              return a.suspects.bytes != b.suspects.bytes
                         ? a.suspects.bytes > b.suspects.bytes
                         : a.name < b.name;
            });
  return result;
}

}  // namespace heapgrind
