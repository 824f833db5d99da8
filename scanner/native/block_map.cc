#include "native/block_map.h"

#include <algorithm>

namespace heapgrind {

void BlockMap::Clear() {
  for (size_t i = 0; i < ranges_.size(); ++i) {
    const BlockRange& range = ranges_[i];
    if (range.bits != nullptr) munmap(range.bits, range.MapBytes());
    if (range.ranks != nullptr) munmap(range.ranks, range.RankBytes());
  }
  ranges_.Clear();
  lowest_ = num_bytes_ = last_ = num_numbers_ = 0;
}

bool BlockMap::AddHeap(uintptr_t start, uintptr_t end) {
  BlockRange range = {
      start & ~(kBlockAlignment - 1), end, nullptr, 0, nullptr, 0};
  range.bits = static_cast<uint64_t*>(MapBytes(range.MapBytes()));
  if (range.bits == nullptr) return false;
  if (ranges_.Append(range)) return true;
  munmap(range.bits, range.MapBytes());
  return false;
}

bool BlockMap::AddMapped(uintptr_t start, uintptr_t end, uintptr_t block) {
  return ranges_.Append({start, end, nullptr, block, nullptr, 0});
}

void BlockMap::Sort() {
  if (ranges_.empty()) return;
  BlockRange* first = &ranges_[0];
  std::sort(first, first + ranges_.size(),
            [](const BlockRange& a, const BlockRange& b) {
              return a.start < b.start;
            });
  lowest_ = first->start;
  num_bytes_ = ranges_[ranges_.size() - 1].end - lowest_;
  last_ = 0;
}

const BlockRange* BlockMap::RangeOf(uintptr_t address) const {
  if (address - lowest_ >= num_bytes_) return nullptr;
  const BlockRange& last = ranges_[last_];
  if (address - last.start < last.end - last.start) return &last;
  const size_t behind = ranges_.FirstThat(
      [address](const BlockRange& range) { return range.start > address; });
  if (behind == 0 || address >= ranges_[behind - 1].end) return nullptr;
  last_ = behind - 1;
  return &ranges_[last_];
}

uintptr_t BlockMap::LastUpTo(const BlockRange& range, uintptr_t address) {
  const size_t index = (address - range.start) / kBlockAlignment;
  size_t word = index / 64;
  uint64_t bits = range.bits[word] << (63 - index % 64) >> (63 - index % 64);
  while (bits == 0 && word > 0) bits = range.bits[--word];
  if (bits == 0) return 0;
  const size_t bit = 63 - static_cast<size_t>(__builtin_clzll(bits));
  return range.start + (word * 64 + bit) * kBlockAlignment;
}

bool BlockMap::Number() {
  num_numbers_ = 0;
  for (size_t i = 0; i < ranges_.size(); ++i) {
    BlockRange* range = &ranges_[i];
    range->first_number = num_numbers_;
    if (range->bits == nullptr) continue;
    range->ranks = static_cast<uint32_t*>(MapBytes(range->RankBytes()));
    if (range->ranks == nullptr) return false;
    uint32_t before = 0;
    for (size_t word = 0; word < range->NumWords(); ++word) {
      if (word % BlockRange::kWordsOfRank == 0) {
        range->ranks[word / BlockRange::kWordsOfRank] = before;
      }
      before += NumBits(range->bits[word]);
    }
    num_numbers_ += before;
  }
  return true;
}

// The last range whose numbers begin at or before one; those without numbers
// stand before the next that has some, but for the last ones.
size_t BlockMap::RangeWith(uint32_t number) const {
  const size_t behind = ranges_.FirstThat([number](const BlockRange& range) {
    return range.first_number > number;
  });
  return behind - 1;
}

// The last rank that is at most so many.  Searches from `near` on, by steps
// that double.
size_t BlockMap::RankWith(const BlockRange& range, uint32_t before,
                          size_t near) {
  size_t low = near;       // Has at most so many.
  size_t high = near + 1;  // Has more, or is behind the last.
  for (size_t step = 1; low > 0 && range.ranks[low] > before; step *= 2) {
    high = low;
    low = low > step ? low - step : 0;
  }
  for (size_t step = 1; high < range.NumRanks() && range.ranks[high] <= before;
       step *= 2) {
    low = high;
    high = std::min(high + step, range.NumRanks());
  }
  while (low + 1 < high) {
    const size_t middle = (low + high) / 2;
    (range.ranks[middle] <= before ? low : high) = middle;
  }
  return low;
}

uintptr_t BlockMap::AddressOf(uint32_t number) const {
  const BlockRange* range = &ranges_[last_numbered_];
  const size_t next = last_numbered_ + 1;
  if (number < range->first_number ||
      (next < ranges_.size() && number >= ranges_[next].first_number)) {
    last_numbered_ = RangeWith(number);
    range = &ranges_[last_numbered_];
    last_rank_ = 0;
  }
  uint32_t rest = number - range->first_number;
  last_rank_ = RankWith(*range, rest, last_rank_);
  rest -= range->ranks[last_rank_];
  size_t word = last_rank_ * BlockRange::kWordsOfRank;
  while (NumBits(range->bits[word]) <= rest)
    rest -= NumBits(range->bits[word++]);
  uint64_t bits = range->bits[word];
  for (; rest > 0; --rest) bits &= bits - 1;
  const size_t bit = static_cast<size_t>(__builtin_ctzll(bits));
  return range->start + (word * 64 + bit) * kBlockAlignment;
}

bool BlockMap::HasInHeap(uintptr_t block) const {
  if (block % kBlockAlignment != 0) return false;
  const BlockRange* range = RangeOf(block);
  return range != nullptr && range->bits != nullptr && Has(*range, block);
}

}  // namespace heapgrind
