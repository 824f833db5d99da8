// Numbers addresses in their order, and finds their numbers: a bit for each
// place where an object may begin.
//
//     address:  | page (1 MiB)          | word (512 bytes) | bit (8 bytes) |
//     number  = rank of the word + set bits below in the word
//
// That is a minimal perfect hash which keeps the order (rank of bit vectors:
// Jacobson, "Space-efficient static trees and graphs", 1989), at the cost of
// one cache line a look-up.  Objects lie close together in a Python heap, so
// that the pages that hold any cost 1 to 5 bytes an object, a sixth of a hash
// table.  Where they do not, or begin at odd places, Add refuses.

#ifndef HEAPGRIND_CONVERTER_ADDRESS_BITMAP_H_
#define HEAPGRIND_CONVERTER_ADDRESS_BITMAP_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace heapgrind {

class AddressBitmap {
 public:
  static constexpr uint32_t kAbsent = UINT32_MAX;

  // Uses up to `max_bytes` of memory for pages.
  explicit AddressBitmap(uint64_t max_bytes);

  enum class Result { kAdded, kRepeated, kRefused };

  // Adds an address.  Refuses, and changes nothing, if it is no multiple of 8
  // or needs a page too many.
  Result Add(uint64_t address);

  // Numbers the addresses, from 0; fewer than 2^32.  Before Find, after Add.
  void Number();

  uint32_t size() const { return size_; }

  // The number of `address`, or kAbsent.
  uint32_t Find(uint64_t address) const {
    const Word* const word = FindWord(address);
    if (word == nullptr) return kAbsent;
    const uint64_t bit = uint64_t{1} << (address / kGranule % 64);
    const uint64_t bits = word->Bits();
    if ((bits & bit) == 0 || address % kGranule != 0) return kAbsent;
    return word->rank +
           static_cast<uint32_t>(__builtin_popcountll(bits & (bit - 1)));
  }

  // Fetches what Find will need.
  void Prefetch(uint64_t address) const {
    __builtin_prefetch(FindWord(address));
  }

 private:
  static constexpr uint64_t kGranule = 8;  // Bytes.
  static constexpr uint64_t kWordSpan = 64 * kGranule;
  static constexpr uint64_t kPageSpan = 1 << 20;
  static constexpr size_t kWordsOfPage = kPageSpan / kWordSpan;

  // 12 bytes, so that bits and rank mostly share a cache line.
  struct Word {
    uint32_t low = 0;
    uint32_t high = 0;
    uint32_t rank = 0;  // How many addresses are below.

    uint64_t Bits() const { return uint64_t{high} << 32 | low; }
  };

  // A hash table of the pages, always less than half full.
  struct Slot {
    uint64_t page = 0;  // Number of the page: address / kPageSpan.
    Word* words = nullptr;
  };

  size_t SlotOf(uint64_t page) const {
    // Fibonacci hashing: Knuth, The Art of Computer Programming 3, 1973, 6.4.
    size_t slot = static_cast<size_t>((page * 0x9E3779B97F4A7C15u) >> shift_);
    while (slots_[slot].words != nullptr && slots_[slot].page != page) {
      slot = (slot + 1) & (slots_.size() - 1);
    }
    return slot;
  }

  const Word* FindWord(uint64_t address) const {
    const Word* const words = slots_[SlotOf(address / kPageSpan)].words;
    return words == nullptr ? nullptr
                            : words + address / kWordSpan % kWordsOfPage;
  }

  Word* NewPage(uint64_t page);
  void Grow();

  const uint64_t max_pages_;
  int shift_;
  std::vector<Slot> slots_;
  std::vector<std::unique_ptr<Word[]>> pages_;
  uint32_t size_ = 0;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_ADDRESS_BITMAP_H_
