#include "converter/suspects/stayed_objects.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "converter/base/clean_name.h"
#include "converter/profile/object_paths.h"
#include "converter/profile/prune.h"

namespace heapgrind {
namespace {

// By node: the topmost above it that has stayed, or kNoNode.
std::vector<NodeId> FindTopmost(const std::vector<bool>& has_stayed,
                                const DominatorTree& tree) {
  std::vector<NodeId> topmost(has_stayed.size(), kNoNode);
  for (const NodeId node : tree.preorder) {
    if (!has_stayed[node]) continue;
    const NodeId owner = tree.idom[node];
    const bool is_owned = owner != kNoDominator && topmost[owner] != kNoNode;
    topmost[node] = is_owned ? topmost[owner] : node;
  }
  return topmost;
}

}  // namespace

StayedObjects FindStayedObjects(const std::vector<bool>& has_stayed,
                                const HeapGraph& graph,
                                const DominatorTree& tree,
                                const FunctionTable& functions,
                                const std::vector<std::string>& names) {
  const std::vector<NodeId> topmost = FindTopmost(has_stayed, tree);
  ObjectPaths paths(graph, tree, functions);
  StayedObjects result;
  absl::flat_hash_map<std::string, StayedRow> row_of_name;
  for (NodeId node = 0; node < graph.num_nodes(); ++node) {
    if (topmost[node] == kNoNode) continue;
    StayedRow& row = row_of_name[names[functions.of_node[topmost[node]]]];
    ++row.objects;
    row.bytes += graph.size[node];
    ++result.objects;
    result.bytes += graph.size[node];
    if (topmost[node] != node) continue;
    if (row.topmost++ == 0) row.example = CleanName(paths.Of(node));
  }
  for (auto& [name, row] : row_of_name) {
    row.name = name;
    result.rows.push_back(row);
  }
  std::sort(result.rows.begin(), result.rows.end(),
            [](const StayedRow& a, const StayedRow& b) {
              return a.bytes != b.bytes ? a.bytes > b.bytes : a.name < b.name;
            });
  return result;
}

ProfileTree ProfileOfStayed(const std::vector<bool>& has_stayed,
                            const HeapGraph& graph, const DominatorTree& tree,
                            const FunctionTable& functions,
                            ProfileTree profile) {
  for (ProfileNode& row : profile.nodes) {
    row.self = Cost();
    row.allocated.clear();
  }
  for (const NodeId node : tree.preorder) {
    const uint32_t function = functions.of_node[node];
    if (!has_stayed[node] || function == kNoFunction) continue;
    ProfileNode& row = profile.nodes[function];
    row.self.bytes += graph.size[node];
    const NodeId owner = tree.idom[node];
    const bool is_topmost =
        owner == kNoDominator || functions.of_node[owner] != function;
    if (is_topmost || CountsLinks(row, graph.strings)) ++row.self.objects;
  }
  SumInclusiveCosts(&profile);
  return profile;
}

RowWeights WeighWhatStayed(const ProfileTree& tree, uint64_t heap_bytes) {
  RowWeights weights;
  weights.kind = SuspectKind::kStayed;
  weights.heap_bytes = heap_bytes;
  for (const ProfileNode& row : tree.nodes) {
    weights.bytes.push_back(row.inclusive.bytes);
    weights.objects.push_back(row.self.objects);
    weights.all_objects.push_back(row.inclusive.objects);
  }
  return weights;
}

}  // namespace heapgrind
