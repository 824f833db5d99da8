// Numbers addresses in their order, and finds their numbers: a bit for each
// place where an object may begin.
//
//     address:  | page (1 MiB)          | word (512 bytes) | bit (8 bytes) |
//     number  = rank of the word + set bits below in the word
//
// That is a minimal perfect hash which keeps the order, and can be inverted
// (rank and select of bit vectors: Jacobson, "Space-efficient static trees and
// graphs", 1989), at the cost of one cache line a look-up.  Objects lie close
// together in a Python heap, so that the pages that hold any cost 1 to 5 bytes
// an object, a sixth of a hash table.

#ifndef HEAPGRIND_CONVERTER_HEAP_ADDRESS_BITMAP_H_
#define HEAPGRIND_CONVERTER_HEAP_ADDRESS_BITMAP_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "converter/heap/page_table.h"

namespace heapgrind {

class AddressBitmap {
 public:
  static constexpr uint32_t kAbsent = UINT32_MAX;

  // 12 bytes, so that bits and rank mostly share a cache line.
  struct Word {
    uint32_t low = 0;
    uint32_t high = 0;
    uint32_t rank = 0;  // How many addresses are below.

    uint64_t Bits() const { return uint64_t{high} << 32 | low; }
  };
  static constexpr size_t kWordsOfPage = kGranulesOfPage / 64;

  // Memory of a page.
  static constexpr uint64_t kBytesOfPage = kWordsOfPage * sizeof(Word);

  // The words of `page`, which is added if it is new.
  Word* AddPage(uint64_t page);

  // The words of `page`, or null.
  const Word* FindPage(uint64_t page) const {
    const uint32_t number = table_.Find(page);
    return number == PageTable::kAbsent ? nullptr : words_[number].get();
  }

  // Adds the address of a page's granule; returns whether it is new.  Threads
  // can do so at once.
  static bool Add(uint32_t granule, Word* page) {
    Word& word = page[granule / 64];
    uint32_t& half = granule % 64 < 32 ? word.low : word.high;
    const uint32_t bit = uint32_t{1} << (granule % 32);
    return (__atomic_fetch_or(&half, bit, __ATOMIC_RELAXED) & bit) == 0;
  }

  // Numbers the addresses, from 0; fewer than 2^32.  After all Add, before all
  // Find.
  void Number();

  uint32_t size() const { return size_; }

  // The number of the address of a page's granule, or kAbsent.
  static uint32_t Find(uint32_t granule, const Word* page) {
    const Word& word = page[granule / 64];
    const uint64_t bit = uint64_t{1} << (granule % 64);
    const uint64_t bits = word.Bits();
    if ((bits & bit) == 0) return kAbsent;
    return word.rank + CountBits(bits & (bit - 1));
  }

  // The number of `address`, or kAbsent.
  uint32_t Find(uint64_t address) const {
    const Word* const page = FindPage(address / kPageBytes);
    if (page == nullptr || address % kGranuleBytes != 0) return kAbsent;
    return Find(static_cast<uint32_t>(address % kPageBytes / kGranuleBytes),
                page);
  }

  // The address with this number, which is below size().
  uint64_t Select(uint32_t number) const;

 private:
  // Without the instruction that not every processor has, whose replacement
  // would be a call: Warren, Hacker's Delight, 2002, section 5-1.
  static uint32_t CountBits(uint64_t bits) {
    bits -= bits >> 1 & 0x5555555555555555;
    bits = (bits & 0x3333333333333333) + (bits >> 2 & 0x3333333333333333);
    bits = (bits + (bits >> 4)) & 0x0f0f0f0f0f0f0f0f;
    return static_cast<uint32_t>(bits * 0x0101010101010101 >> 56);
  }

  PageTable table_;
  std::vector<std::unique_ptr<Word[]>> words_;  // By number of the page.
  std::vector<uint32_t> order_;  // Numbers of the pages, by address.
  uint32_t size_ = 0;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_HEAP_ADDRESS_BITMAP_H_
