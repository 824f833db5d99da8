// The addresses of a graph's nodes, in ascending order.
//
// Nodes were numbered by a bitmap as a rule, which gives their addresses back:
// they take no memory of their own.

#ifndef HEAPGRIND_CONVERTER_HEAP_NODE_ADDRESSES_H_
#define HEAPGRIND_CONVERTER_HEAP_NODE_ADDRESSES_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "converter/heap/address_bitmap.h"

namespace heapgrind {

class NodeAddresses {
 public:
  // Of no nodes.
  NodeAddresses() = default;

  explicit NodeAddresses(std::unique_ptr<const AddressBitmap> bitmap)
      : bitmap_(std::move(bitmap)) {}
  explicit NodeAddresses(std::vector<uint64_t> sorted)
      : sorted_(std::move(sorted)) {}

  // Some dozen steps, with the bitmap.
  uint64_t operator[](uint32_t node) const {
    return bitmap_ != nullptr ? bitmap_->Select(node) : sorted_[node];
  }

  // The node at `address`, or AddressBitmap::kAbsent, which is kNoNode. Without
  // a bitmap logarithmic.
  uint32_t Find(uint64_t address) const {
    if (bitmap_ != nullptr) return bitmap_->Find(address);
    const auto found =
        std::lower_bound(sorted_.begin(), sorted_.end(), address);
    if (found == sorted_.end() || *found != address) {
      return AddressBitmap::kAbsent;
    }
    return static_cast<uint32_t>(found - sorted_.begin());
  }

 private:
  std::unique_ptr<const AddressBitmap> bitmap_;
  std::vector<uint64_t> sorted_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_HEAP_NODE_ADDRESSES_H_
