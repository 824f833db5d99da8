#include "memory/counted_ranges.h"

#include <algorithm>
#include <cstring>

namespace heapgrind {

void CountedRanges::Add(uintptr_t start, size_t bytes, Visit visit,
                        void* context) {
  if (bytes == 0 || start < kGap || bytes > UINTPTR_MAX - kGap - start) {
    return;
  }
  const uintptr_t end = start + bytes;
  Range whole = {start, end};
  const size_t first = FirstEndingFrom(start - kGap);
  size_t last = first;
  uintptr_t next = start;  // All before it is known or visited.
  for (; last < ranges_.size() && ranges_[last].start <= end + kGap; ++last) {
    const Range& known = ranges_[last];
    const uintptr_t known_start = std::min(known.start, end);
    if (next < known_start) visit(context, next, known_start - next);
    next = std::max(next, known.end);
    whole.start = std::min(whole.start, known.start);
    whole.end = std::max(whole.end, known.end);
  }
  if (next < end) visit(context, next, end - next);
  Replace(first, last, whole);
}

size_t CountedRanges::Count(uintptr_t start, size_t bytes) const {
  const uintptr_t end = start + bytes;
  size_t count = 0;
  for (size_t i = FirstEndingFrom(start);
       i < ranges_.size() && ranges_[i].start < end; ++i) {
    count += std::min(ranges_[i].end, end) - std::max(ranges_[i].start, start);
  }
  return count;
}

// The first range that ends at `address` or behind it.
size_t CountedRanges::FirstEndingFrom(uintptr_t address) const {
  return ranges_.FirstThat(
      [address](const Range& range) { return range.end >= address; });
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
