// Numbers the objects of a dump in the order of their addresses.
//
// Where addresses lie close together, as in every usual heap, a bitmap numbers
// and finds them (address_bitmap.h); where they do not, sorting and a hash
// table do (address_index.h).

#ifndef HEAPGRIND_CONVERTER_LOAD_NODE_NUMBERS_H_
#define HEAPGRIND_CONVERTER_LOAD_NODE_NUMBERS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "converter/base/fetch_ahead.h"
#include "converter/heap/address_bitmap.h"
#include "converter/heap/heap_graph.h"
#include "converter/heap/node_addresses.h"
#include "converter/load/address_index.h"
#include "converter/load/address_packer.h"
#include "converter/load/record_block.h"

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

  // Numbers the addresses of all records, with several threads.  With
  // `max_bitmap_bytes` 0, tests choose the hash table.
  explicit NodeNumbers(const std::vector<RecordBlock>& blocks,
                       size_t num_threads = 1,
                       uint64_t max_bitmap_bytes = kMaxBitmapBytes);

  uint32_t size() const { return size_; }
  bool uses_bitmap() const { return bitmap_ != nullptr; }

  // The node at `address`, or kNoNode.
  NodeId Find(uint64_t address) const {
    return bitmap_ != nullptr ? bitmap_->Find(address) : index_->Find(address);
  }

  // The records of an address that an earlier record has, in their order.
  const std::vector<RecordPlace>& repeated() const { return repeated_; }

  // The address of each node.  Nothing can be found any more.
  NodeAddresses TakeAddresses();

 private:
  friend class NodeFinder;

  bool FillBitmap(const std::vector<RecordBlock>& blocks, size_t num_threads,
                  uint64_t max_bytes);
  void FillIndex(const std::vector<RecordBlock>& blocks);
  void FindRepeated(const std::vector<RecordBlock>& blocks);

  uint32_t size_ = 0;
  std::unique_ptr<AddressBitmap> bitmap_;
  std::vector<uint64_t> addresses_;  // Sorted; empty beside a bitmap.
  std::unique_ptr<AddressIndex> index_;
  std::vector<RecordPlace> repeated_;
};

// Finds the nodes of addresses that one packer packed: the page of each is
// looked up once, and not for each address.
class NodeFinder {
 public:
  // Both must outlive the finder.
  NodeFinder(const NodeNumbers& numbers, const AddressPacker& packer);

  // The node at an address that is not far, or kNoNode.
  NodeId Find(uint32_t packed) const {
    if (words_of_page_.empty()) return FindInIndex(packed);
    const AddressBitmap::Word* const page =
        words_of_page_[AddressPacker::PageOf(packed)];
    if (page == nullptr) return kNoNode;
    return AddressBitmap::Find(AddressPacker::GranuleOf(packed), page);
  }

  // Fetches what Find will need for any `packed`.
  void Prefetch(uint32_t packed) const {
    if (packed == AddressPacker::kFar) return;
    if (words_of_page_.empty()) return PrefetchInIndex(packed);
    const AddressBitmap::Word* const page =
        words_of_page_[AddressPacker::PageOf(packed)];
    if (page == nullptr) return;
    FetchAhead(page + AddressPacker::GranuleOf(packed) / 64);
  }

 private:
  NodeId FindInIndex(uint32_t packed) const;
  void PrefetchInIndex(uint32_t packed) const;

  const NodeNumbers& numbers_;
  const AddressPacker& packer_;
  // By number of the packer; null where no object is.  Empty without a bitmap.
  std::vector<const AddressBitmap::Word*> words_of_page_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_NODE_NUMBERS_H_
