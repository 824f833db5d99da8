#include "converter/node_numbers.h"

#include <algorithm>

namespace heapgrind {
namespace {

// Few objects may lie anywhere: a bitmap of this many bytes is never too large.
constexpr uint64_t kSmallBitmap = 1 << 20;

uint64_t NumRecords(const std::vector<RecordBlock>& blocks) {
  uint64_t num_records = 0;
  for (const RecordBlock& block : blocks) num_records += block.address.size();
  return num_records;
}

}  // namespace

NodeNumbers::NodeNumbers(const std::vector<RecordBlock>& blocks,
                         uint64_t max_bitmap_bytes) {
  if (max_bitmap_bytes > 0) {
    bitmap_ = std::make_unique<AddressBitmap>(
        std::max(kSmallBitmap, NumRecords(blocks) * max_bitmap_bytes));
    if (FillBitmap(blocks)) {
      bitmap_->Number();
      size_ = bitmap_->size();
      return;
    }
    bitmap_.reset();
    repeated_.clear();
  }
  FillIndex(blocks);
}

// Returns whether the bitmap took all addresses.
bool NodeNumbers::FillBitmap(const std::vector<RecordBlock>& blocks) {
  for (size_t block = 0; block < blocks.size(); ++block) {
    const std::vector<uint64_t>& addresses = blocks[block].address;
    for (uint32_t i = 0; i < addresses.size(); ++i) {
      switch (bitmap_->Add(addresses[i])) {
        case AddressBitmap::Result::kAdded:
          break;
        case AddressBitmap::Result::kRepeated:
          repeated_.push_back({block, i});
          break;
        case AddressBitmap::Result::kRefused:
          return false;
      }
    }
  }
  return true;
}

void NodeNumbers::FillIndex(const std::vector<RecordBlock>& blocks) {
  const uint64_t num_records = NumRecords(blocks);
  addresses_.reserve(num_records);
  for (const RecordBlock& block : blocks) {
    addresses_.insert(addresses_.end(), block.address.begin(),
                      block.address.end());
  }
  std::sort(addresses_.begin(), addresses_.end());
  addresses_.erase(std::unique(addresses_.begin(), addresses_.end()),
                   addresses_.end());
  size_ = static_cast<uint32_t>(addresses_.size());
  index_ = std::make_unique<AddressIndex>(addresses_);
  if (size_ == num_records) return;
  std::vector<bool> is_seen(size_);
  for (size_t block = 0; block < blocks.size(); ++block) {
    for (uint32_t i = 0; i < blocks[block].address.size(); ++i) {
      const NodeId node = index_->Find(blocks[block].address[i]);
      if (is_seen[node]) repeated_.push_back({block, i});
      is_seen[node] = true;
    }
  }
}

}  // namespace heapgrind
