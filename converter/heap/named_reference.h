// Follows the references of one name, from object after object.
//
// Objects of one shape have their references' names in common, so the name is
// looked for once for each shape instead of once for each object.

#ifndef HEAPGRIND_CONVERTER_HEAP_NAMED_REFERENCE_H_
#define HEAPGRIND_CONVERTER_HEAP_NAMED_REFERENCE_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "converter/heap/heap_graph.h"

namespace heapgrind {

class NamedReference {
 public:
  // Linear in the shapes of `graph`, which must outlive this.
  NamedReference(const HeapGraph& graph, std::string_view name);

  // As graph.Follow(node, name), in constant time.
  NodeId Follow(NodeId node) const {
    const uint32_t place = place_of_shape_[graph_.shape_of_node[node]];
    if (place == kNowhere) return kNoNode;
    const size_t index = graph_.NumPairReferences(node) + place;
    const absl::Span<const NodeId> targets = graph_.References(node);
    return index < targets.size() ? targets[index] : kNoNode;
  }

 private:
  static constexpr uint32_t kNowhere = UINT32_MAX;

  const HeapGraph& graph_;
  // By shape: the place of the name among the references behind the pairs.
  std::vector<uint32_t> place_of_shape_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_HEAP_NAMED_REFERENCE_H_
