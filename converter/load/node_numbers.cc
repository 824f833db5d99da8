#include "converter/load/node_numbers.h"

#include <algorithm>
#include <map>
#include <utility>

#include "converter/base/parallel.h"

namespace heapgrind {
namespace {

// Few objects may lie anywhere: a bitmap of this many bytes is never too large.
constexpr uint64_t kSmallBitmap = 1 << 20;

uint64_t NumRecords(const std::vector<RecordBlock>& blocks) {
  uint64_t num_records = 0;
  for (const RecordBlock& block : blocks) num_records += block.address.size();
  return num_records;
}

// The words of the pages that each packer numbered; null for those where no
// object is.
using WordsOfPages =
    std::map<const AddressPacker*, std::vector<AddressBitmap::Word*>>;

// Which pages of each packer hold objects.
std::map<const AddressPacker*, std::vector<bool>> FindPages(
    const std::vector<RecordBlock>& blocks) {
  std::map<const AddressPacker*, std::vector<bool>> has_object;
  for (const RecordBlock& block : blocks) {
    std::vector<bool>& of_packer = has_object[block.packer.get()];
    of_packer.resize(block.packer->pages().size());
    for (const uint32_t packed : block.address) {
      of_packer[AddressPacker::PageOf(packed)] = true;
    }
  }
  return has_object;
}

// Adds the pages to `bitmap`; nothing if they take more than `max_bytes`.
WordsOfPages AddPages(const std::vector<RecordBlock>& blocks,
                      uint64_t max_bytes, AddressBitmap* bitmap) {
  PageTable table;
  const auto has_object = FindPages(blocks);
  for (const auto& [packer, of_packer] : has_object) {
    for (size_t i = 0; i < of_packer.size(); ++i) {
      if (of_packer[i]) table.Add(packer->pages()[i]);
    }
  }
  if (table.pages().size() * AddressBitmap::kBytesOfPage > max_bytes) return {};
  WordsOfPages words;
  for (const auto& [packer, of_packer] : has_object) {
    std::vector<AddressBitmap::Word*>& pages = words[packer];
    for (size_t i = 0; i < of_packer.size(); ++i) {
      pages.push_back(of_packer[i] ? bitmap->AddPage(packer->pages()[i])
                                   : nullptr);
    }
  }
  return words;
}

}  // namespace

NodeNumbers::NodeNumbers(const std::vector<RecordBlock>& blocks,
                         size_t num_threads, uint64_t max_bitmap_bytes) {
  const uint64_t num_records = NumRecords(blocks);
  const uint64_t max_bytes =
      std::max(kSmallBitmap, num_records * max_bitmap_bytes);
  if (max_bitmap_bytes == 0 || !FillBitmap(blocks, num_threads, max_bytes)) {
    FillIndex(blocks);
  }
  if (size_ < num_records) FindRepeated(blocks);
}

// Returns whether a bitmap takes all addresses.
bool NodeNumbers::FillBitmap(const std::vector<RecordBlock>& blocks,
                             size_t num_threads, uint64_t max_bytes) {
  for (const RecordBlock& block : blocks) {
    if (!block.far_addresses.empty()) return false;
  }
  auto bitmap = std::make_unique<AddressBitmap>();
  const WordsOfPages words = AddPages(blocks, max_bytes, bitmap.get());
  if (words.empty() && !blocks.empty()) return false;
  RunInParallel(num_threads, blocks.size(), [&](size_t block) {
    const std::vector<AddressBitmap::Word*>& pages =
        words.find(blocks[block].packer.get())->second;
    for (const uint32_t packed : blocks[block].address) {
      AddressBitmap::Add(AddressPacker::GranuleOf(packed),
                         pages[AddressPacker::PageOf(packed)]);
    }
  });
  bitmap->Number();
  size_ = bitmap->size();
  bitmap_ = std::move(bitmap);
  return true;
}

void NodeNumbers::FillIndex(const std::vector<RecordBlock>& blocks) {
  addresses_.reserve(NumRecords(blocks));
  for (const RecordBlock& block : blocks) {
    PackedAddresses addresses = block.Addresses();
    for (size_t i = 0; i < block.address.size(); ++i) {
      addresses_.push_back(addresses.Next());
    }
  }
  std::sort(addresses_.begin(), addresses_.end());
  addresses_.erase(std::unique(addresses_.begin(), addresses_.end()),
                   addresses_.end());
  size_ = static_cast<uint32_t>(addresses_.size());
  index_ = std::make_unique<AddressIndex>(addresses_);
}

void NodeNumbers::FindRepeated(const std::vector<RecordBlock>& blocks) {
  std::vector<bool> is_seen(size_);
  for (size_t block = 0; block < blocks.size(); ++block) {
    PackedAddresses addresses = blocks[block].Addresses();
    for (uint32_t i = 0; i < blocks[block].address.size(); ++i) {
      const NodeId node = Find(addresses.Next());
      if (is_seen[node]) repeated_.push_back({block, i});
      is_seen[node] = true;
    }
  }
}

NodeAddresses NodeNumbers::TakeAddresses() {
  index_.reset();
  if (bitmap_ != nullptr) return NodeAddresses(std::move(bitmap_));
  return NodeAddresses(std::move(addresses_));
}

NodeFinder::NodeFinder(const NodeNumbers& numbers, const AddressPacker& packer)
    : numbers_(numbers), packer_(packer) {
  if (!numbers.uses_bitmap()) return;
  for (const uint64_t page : packer.pages()) {
    words_of_page_.push_back(numbers.bitmap_->FindPage(page));
  }
}

NodeId NodeFinder::FindInIndex(uint32_t packed) const {
  return numbers_.Find(packer_.Unpack(packed));
}

void NodeFinder::PrefetchInIndex(uint32_t packed) const {
  if (numbers_.index_ == nullptr) return;  // A packer without pages.
  numbers_.index_->Prefetch(packer_.Unpack(packed));
}

}  // namespace heapgrind
