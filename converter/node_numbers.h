// Numbers the objects of a dump in the order of their addresses.
//
// Where addresses lie close together, as in every usual heap, a bitmap numbers
// and finds them (address_bitmap.h); where they do not, sorting and a hash
// table do (address_index.h).

#ifndef HEAPGRIND_CONVERTER_NODE_NUMBERS_H_
#define HEAPGRIND_CONVERTER_NODE_NUMBERS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "converter/address_bitmap.h"
#include "converter/address_index.h"
#include "converter/heap_graph.h"
#include "converter/record_block.h"

namespace heapgrind {

struct RecordPlace {
  size_t block;
  uint32_t record;
};

class NodeNumbers {
 public:
  // The bitmap may take this many bytes an object before the hash table is
  // better: as much as the table takes.
  static constexpr uint64_t kMaxBitmapBytes = 16;

  // Numbers the addresses of all records.  With `max_bitmap_bytes` 0, tests
  // choose the hash table.
  explicit NodeNumbers(const std::vector<RecordBlock>& blocks,
                       uint64_t max_bitmap_bytes = kMaxBitmapBytes);

  uint32_t size() const { return size_; }
  bool uses_bitmap() const { return bitmap_ != nullptr; }

  // The node at `address`, or kNoNode.
  NodeId Find(uint64_t address) const {
    return bitmap_ != nullptr ? bitmap_->Find(address) : index_->Find(address);
  }

  // Fetches what Find will need.
  void Prefetch(uint64_t address) const {
    bitmap_ != nullptr ? bitmap_->Prefetch(address) : index_->Prefetch(address);
  }

  // The records of an address that an earlier record has, in their order.
  const std::vector<RecordPlace>& repeated() const { return repeated_; }

 private:
  bool FillBitmap(const std::vector<RecordBlock>& blocks);
  void FillIndex(const std::vector<RecordBlock>& blocks);

  uint32_t size_ = 0;
  std::unique_ptr<AddressBitmap> bitmap_;
  std::vector<uint64_t> addresses_;  // Sorted; empty beside a bitmap.
  std::unique_ptr<AddressIndex> index_;
  std::vector<RecordPlace> repeated_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_NODE_NUMBERS_H_
