#include "memory/counted_ranges.h"

#include <algorithm>
#include <cstring>

namespace heapgrind {

uint64_t CountedRanges::Add(uintptr_t start, size_t bytes) {
  if (bytes == 0 || start < kGap || bytes > UINTPTR_MAX - kGap - start) {
    return 0;
  }
  const uintptr_t end = start + bytes;
  Range whole = {start, end};
  const size_t first = FirstEndingFrom(start - kGap);
  size_t last = first;
  uint64_t num_known = 0;
  for (; last < ranges_.size() && ranges_[last].start <= end + kGap; ++last) {
    const Range& known = ranges_[last];
    const uintptr_t common_start = std::max(known.start, start);
    const uintptr_t common_end = std::min(known.end, end);
    if (common_start < common_end) num_known += common_end - common_start;
    whole.start = std::min(whole.start, known.start);
    whole.end = std::max(whole.end, known.end);
  }
  Replace(first, last, whole);
  return bytes - num_known;
}

// The first range that ends at `address` or behind it.
size_t CountedRanges::FirstEndingFrom(uintptr_t address) const {
  size_t low = 0;
  size_t high = ranges_.size();
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (ranges_[middle].end < address) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

// Puts `range` in the place of those from `first` to before `last`.
void CountedRanges::Replace(size_t first, size_t last, const Range& range) {
  const size_t num_behind = ranges_.size() - last;
  if (first == last && !ranges_.Append(range)) return;
  if (num_behind > 0) {
    memmove(&ranges_[first] + 1, &ranges_[last], num_behind * sizeof(Range));
  }
  ranges_[first] = range;
  ranges_.Truncate(first + 1 + num_behind);
}

}  // namespace heapgrind
