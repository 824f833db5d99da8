#include "converter/heap/address_bitmap.h"

#include <algorithm>
#include <numeric>

namespace heapgrind {

AddressBitmap::Word* AddressBitmap::AddPage(uint64_t page) {
  const uint32_t number = table_.Add(page);
  if (number == words_.size()) {
    words_.push_back(std::make_unique<Word[]>(kWordsOfPage));
  }
  return words_[number].get();
}

void AddressBitmap::Number() {
  order_.resize(words_.size());
  std::iota(order_.begin(), order_.end(), 0u);
  std::sort(order_.begin(), order_.end(), [this](uint32_t a, uint32_t b) {
    return table_.pages()[a] < table_.pages()[b];
  });
  size_ = 0;
  for (const uint32_t number : order_) {
    for (size_t i = 0; i < kWordsOfPage; ++i) {
      Word& word = words_[number][i];
      word.rank = size_;
      size_ += CountBits(word.Bits());
    }
  }
}

uint64_t AddressBitmap::Select(uint32_t number) const {
  // Pages and words without addresses have the rank of the next one, so that
  // the last of those with a rank up to `number` is the one that holds it.
  const auto page = std::upper_bound(order_.begin(), order_.end(), number,
                                     [this](uint32_t n, uint32_t page) {
                                       return n < words_[page][0].rank;
                                     }) -
                    1;
  const Word* const words = words_[*page].get();
  const Word* const word =
      std::upper_bound(words, words + kWordsOfPage, number,
                       [](uint32_t n, const Word& w) { return n < w.rank; }) -
      1;
  uint64_t bits = word->Bits();
  for (uint32_t i = word->rank; i < number; ++i) bits &= bits - 1;
  const uint64_t granule = static_cast<uint64_t>(word - words) * 64 +
                           static_cast<uint64_t>(__builtin_ctzll(bits));
  return table_.pages()[*page] * kPageBytes + granule * kGranuleBytes;
}

}  // namespace heapgrind
