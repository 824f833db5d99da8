#include "converter/graph/row_starts.h"

#include <algorithm>
#include <utility>

namespace heapgrind {

RowStarts RowStarts::OfSizes(std::vector<uint32_t> sizes) {
  RowStarts starts;
  starts.low_ = std::move(sizes);
  std::vector<uint32_t>& low = starts.low_;
  low[0] = 0;
  for (size_t row = 1; row < low.size(); ++row) {
    low[row] += low[row - 1];
    if (low[row] < low[row - 1]) starts.carries_.push_back(row);
  }
  starts.has_carries_ = !starts.carries_.empty();
  return starts;
}

void RowStarts::push_back(uint64_t end) {
  low_.push_back(low_.back());
  ExtendLastRow(end);
}

void RowStarts::ExtendLastRow(uint64_t end) {
  const uint64_t old_end = this->end();
  for (uint64_t high = old_end >> 32; high < end >> 32; ++high) {
    carries_.push_back(num_rows());
  }
  has_carries_ = !carries_.empty();
  low_.back() = static_cast<uint32_t>(end);
}

uint64_t RowStarts::High(size_t row) const {
  const auto above = std::upper_bound(carries_.begin(), carries_.end(), row);
  return static_cast<uint64_t>(above - carries_.begin()) << 32;
}

}  // namespace heapgrind
