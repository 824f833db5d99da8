#include "converter/commands/summary/largest_objects.h"

#include <algorithm>

#include "converter/base/clean_name.h"
#include "converter/profile/object_paths.h"

namespace heapgrind {
namespace {

// `size`: what is indexed by node.
template <typename Sizes>
std::vector<NodeId> LargestNodes(const std::vector<bool>& is_counted,
                                 uint64_t num_wanted, const Sizes& size) {
  std::vector<NodeId> nodes;
  for (NodeId node = 0; node < is_counted.size(); ++node) {
    if (is_counted[node]) nodes.push_back(node);
  }
  const size_t count = std::min<uint64_t>(num_wanted, nodes.size());
  std::partial_sort(nodes.begin(), nodes.begin() + count, nodes.end(),
                    [&size](NodeId a, NodeId b) {
                      return size[a] != size[b] ? size[a] > size[b] : a < b;
                    });
  nodes.resize(count);
  return nodes;
}

}  // namespace

std::vector<LargestObject> FindLargestObjects(
    const std::vector<bool>& is_counted, uint64_t num_wanted, bool by_retained,
    AnalyzedHeap* heap) {
  const HeapGraph& graph = heap->graph();
  const std::vector<uint64_t>& retained = heap->retained_bytes();
  ObjectPaths paths(graph, heap->owners().tree, heap->functions());
  const TypeNames& type_names = heap->type_names();
  std::vector<LargestObject> objects;
  const std::vector<NodeId> nodes =
      by_retained ? LargestNodes(is_counted, num_wanted, retained)
                  : LargestNodes(is_counted, num_wanted, graph.size);
  for (const NodeId node : nodes) {
    objects.push_back({graph.address[node], graph.size[node], retained[node],
                       CleanName(graph.strings.Text(type_names.Of(node))),
                       CleanName(paths.Of(node))});
  }
  return objects;
}

}  // namespace heapgrind
