#include "converter/graph/dominator_children.h"

#include <numeric>

namespace heapgrind {

DominatorChildren::DominatorChildren(const DominatorTree& tree)
    : first_child_(tree.idom.size() + 1) {
  for (const uint32_t idom : tree.idom) {
    if (idom != kNoDominator) ++first_child_[idom + 1];
  }
  std::partial_sum(first_child_.begin(), first_child_.end(),
                   first_child_.begin());
  children_.resize(first_child_.back());
  // Filled from behind, so that first_child_ ends as what it was.
  std::vector<uint32_t>& next = first_child_;
  for (uint32_t node = static_cast<uint32_t>(tree.idom.size()); node-- > 0;) {
    if (tree.idom[node] != kNoDominator) {
      children_[--next[tree.idom[node] + 1]] = node;
    }
  }
  // Now first_child_[n + 1] is where n's children begin.
  first_child_.erase(first_child_.begin());
  first_child_.push_back(static_cast<uint32_t>(children_.size()));
}

}  // namespace heapgrind
