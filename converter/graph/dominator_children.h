// The dominator tree from above: what each node dominates directly.

#ifndef HEAPGRIND_CONVERTER_GRAPH_DOMINATOR_CHILDREN_H_
#define HEAPGRIND_CONVERTER_GRAPH_DOMINATOR_CHILDREN_H_

#include <cstdint>
#include <vector>

#include "absl/types/span.h"
#include "converter/graph/dominators.h"

namespace heapgrind {

class DominatorChildren {
 public:
  // Linear; 8 bytes a node.
  explicit DominatorChildren(const DominatorTree& tree);

  // The nodes whose immediate dominator `node` is, in ascending order.
  absl::Span<const uint32_t> Of(uint32_t node) const {
    return absl::MakeConstSpan(children_).subspan(
        first_child_[node], first_child_[node + 1] - first_child_[node]);
  }

 private:
  std::vector<uint32_t> first_child_;  // One more than there are nodes.
  std::vector<uint32_t> children_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_GRAPH_DOMINATOR_CHILDREN_H_
