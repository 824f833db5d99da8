// Numbers the pages of an address space in the order in which they are met.
//
//     address:  | page (1 MiB) | granule (8 bytes) | byte |
//
// A heap of gigabytes has some thousand pages, so that the table of those that
// were met stays in a core's own cache.

#ifndef HEAPGRIND_CONVERTER_HEAP_PAGE_TABLE_H_
#define HEAPGRIND_CONVERTER_HEAP_PAGE_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace heapgrind {

inline constexpr uint64_t kPageBytes = 1 << 20;
inline constexpr uint64_t kGranuleBytes = 8;
inline constexpr uint64_t kGranulesOfPage = kPageBytes / kGranuleBytes;

class PageTable {
 public:
  static constexpr uint32_t kAbsent = UINT32_MAX;

  PageTable() : slots_(16) {}

  // The pages, address / kPageBytes, by number.
  const std::vector<uint64_t>& pages() const { return pages_; }

  // The number of `page`, or kAbsent.
  uint32_t Find(uint64_t page) const { return slots_[SlotOf(page)].number; }

  // The number of `page`, which is new if it has none.
  uint32_t Add(uint64_t page);

 private:
  // A hash table, always less than half full.
  struct Slot {
    uint64_t page = 0;
    uint32_t number = kAbsent;
  };

  size_t SlotOf(uint64_t page) const {
    // Fibonacci hashing: Knuth, The Art of Computer Programming 3, 1973, 6.4.
    size_t slot = static_cast<size_t>((page * 0x9E3779B97F4A7C15u) >> shift_);
    while (slots_[slot].number != kAbsent && slots_[slot].page != page) {
      slot = (slot + 1) & (slots_.size() - 1);
    }
    return slot;
  }

  void Grow();

  std::vector<uint64_t> pages_;
  int shift_ = 60;
  std::vector<Slot> slots_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_HEAP_PAGE_TABLE_H_
