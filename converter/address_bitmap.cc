#include "converter/address_bitmap.h"

#include <algorithm>
#include <utility>

namespace heapgrind {

AddressBitmap::AddressBitmap(uint64_t max_bytes)
    : max_pages_(
          std::max<uint64_t>(1, max_bytes / (kWordsOfPage * sizeof(Word)))),
      shift_(60),
      slots_(16) {}

AddressBitmap::Result AddressBitmap::Add(uint64_t address) {
  if (address % kGranule != 0) return Result::kRefused;
  const uint64_t page = address / kPageSpan;
  Word* words = slots_[SlotOf(page)].words;
  if (words == nullptr) words = NewPage(page);
  if (words == nullptr) return Result::kRefused;
  Word& word = words[address / kWordSpan % kWordsOfPage];
  const uint64_t place = address / kGranule % 64;
  uint32_t& half = place < 32 ? word.low : word.high;
  const uint32_t bit = uint32_t{1} << (place % 32);
  if ((half & bit) != 0) return Result::kRepeated;
  half |= bit;
  return Result::kAdded;
}

AddressBitmap::Word* AddressBitmap::NewPage(uint64_t page) {
  if (pages_.size() >= max_pages_) return nullptr;
  if (2 * (pages_.size() + 1) > slots_.size()) Grow();
  pages_.push_back(std::make_unique<Word[]>(kWordsOfPage));
  slots_[SlotOf(page)] = {page, pages_.back().get()};
  return pages_.back().get();
}

void AddressBitmap::Grow() {
  std::vector<Slot> old(2 * slots_.size());
  std::swap(old, slots_);
  --shift_;
  for (const Slot& slot : old) {
    if (slot.words != nullptr) slots_[SlotOf(slot.page)] = slot;
  }
}

void AddressBitmap::Number() {
  std::vector<Slot> pages;
  for (const Slot& slot : slots_) {
    if (slot.words != nullptr) pages.push_back(slot);
  }
  std::sort(pages.begin(), pages.end(),
            [](const Slot& a, const Slot& b) { return a.page < b.page; });
  size_ = 0;
  for (const Slot& slot : pages) {
    for (size_t i = 0; i < kWordsOfPage; ++i) {
      slot.words[i].rank = size_;
      size_ +=
          static_cast<uint32_t>(__builtin_popcountll(slot.words[i].Bits()));
    }
  }
}

}  // namespace heapgrind
