#include "converter/suspects/row_weights.h"

#include "converter/python/builtin_types.h"

namespace heapgrind {
namespace {

// Whether a row counts its links: those of its objects that have an owner in
// it.
bool CountsLinks(bool is_recursive, StringId type, uint64_t num_topmost,
                 const StringTable& strings) {
  const bool is_nested = num_topmost > 1 && IsContainerType(strings.Text(type));
  return is_recursive && !is_nested;
}

}  // namespace

RowWeights WeighWhatIsHeld(const ProfileTree& tree,
                           const StringTable& strings) {
  RowWeights weights;
  for (const ProfileNode& row : tree.nodes) {
    weights.bytes.push_back(row.inclusive.bytes);
    weights.objects.push_back(CountOf(row, strings));
    weights.all_objects.push_back(row.inclusive.objects);
  }
  weights.heap_bytes = weights.bytes[0];
  return weights;
}

RowWeights WeighFunctions(const OwnedHeap& heap,
                          const FunctionTable& functions) {
  RowWeights weights;
  weights.bytes = functions.sizes.self_bytes;
  weights.objects.resize(functions.size());  // Those without an owner in it.
  weights.all_objects.resize(functions.size());
  for (NodeId node = 0; node < functions.of_node.size(); ++node) {
    const uint32_t function = functions.of_node[node];
    if (function == kNoFunction) continue;
    weights.all_objects[function] += heap.ownership.IsObject(node);
    const NodeId owner = heap.tree.idom[node];
    weights.objects[function] +=
        owner != kNoDominator && functions.of_node[owner] != function;
  }
  const FunctionSizes& sizes = functions.sizes;
  for (uint32_t i = 0; i < functions.size(); ++i) {
    if (CountsLinks(functions.is_recursive[i], sizes.type[i],
                    weights.objects[i], heap.graph.strings)) {
      weights.objects[i] = weights.all_objects[i];
    }
  }
  for (size_t i = functions.size(); i-- > 1;) {
    weights.bytes[sizes.parent[i]] += weights.bytes[i];
    weights.all_objects[sizes.parent[i]] += weights.all_objects[i];
  }
  weights.heap_bytes = weights.bytes[0];
  return weights;
}

uint64_t CountOf(const ProfileNode& row, const StringTable& strings) {
  return CountsLinks(row, strings) ? row.self.objects : row.num_topmost;
}

bool CountsLinks(const ProfileNode& row, const StringTable& strings) {
  return CountsLinks(row.is_recursive, row.label.type, row.num_topmost,
                     strings);
}

}  // namespace heapgrind
