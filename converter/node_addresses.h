// The addresses of a graph's nodes, in ascending order.
//
// Nodes were numbered by a bitmap as a rule, which gives their addresses back:
// they take no memory of their own.

#ifndef HEAPGRIND_CONVERTER_NODE_ADDRESSES_H_
#define HEAPGRIND_CONVERTER_NODE_ADDRESSES_H_

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "converter/address_bitmap.h"

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

 private:
  std::unique_ptr<const AddressBitmap> bitmap_;
  std::vector<uint64_t> sorted_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_NODE_ADDRESSES_H_
