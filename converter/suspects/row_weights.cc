#include "converter/suspects/row_weights.h"

#include "converter/python/builtin_types.h"

namespace heapgrind {

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

uint64_t CountOf(const ProfileNode& row, const StringTable& strings) {
  return CountsLinks(row, strings) ? row.self.objects : row.num_topmost;
}

bool CountsLinks(const ProfileNode& row, const StringTable& strings) {
  const bool is_nested =
      row.num_topmost > 1 && IsContainerType(strings.Text(row.label.type));
  return row.is_recursive && !is_nested;
}

}  // namespace heapgrind
