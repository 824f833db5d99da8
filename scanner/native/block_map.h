// Which blocks of malloc are in use: a bit for each 16 bytes of its heaps,
// which costs 0.8 % of them.  Pages of the map in which no block begins cost
// nothing.

#ifndef HEAPGRIND_SCANNER_NATIVE_BLOCK_MAP_H_
#define HEAPGRIND_SCANNER_NATIVE_BLOCK_MAP_H_

#include <sys/mman.h>

#include <cstddef>
#include <cstdint>

#include "memory/mapped_array.h"
#include "native/malloc_chunk.h"

namespace heapgrind {

// A stretch of memory with blocks, or a block with a mapping of its own.
struct BlockRange {
  uintptr_t start;
  uintptr_t end;
  uint64_t* bits;   // Null: one block,
  uintptr_t block;  // which begins here.
  uint32_t*
      ranks;  // Of each kWordsOfRank of the bits: how many are set before.
  uint32_t first_number;

  static constexpr size_t kWordsOfRank = 4;

  size_t NumWords() const { return (end - start) / kBlockAlignment / 64 + 1; }
  size_t NumRanks() const { return (NumWords() - 1) / kWordsOfRank + 1; }
  size_t MapBytes() const { return NumWords() * sizeof(uint64_t); }
  size_t RankBytes() const { return NumRanks() * sizeof(uint32_t); }
};

class BlockMap {
 public:
  BlockMap() = default;
  BlockMap(const BlockMap&) = delete;
  BlockMap& operator=(const BlockMap&) = delete;
  ~BlockMap() { Clear(); }

  void Clear();

  // Adds a range without blocks.  False if there is no memory left.
  bool AddHeap(uintptr_t start, uintptr_t end);
  bool AddMapped(uintptr_t start, uintptr_t end, uintptr_t block);

  // To be called when all ranges are there, before the others.
  void Sort();

  // The range that holds an address; null if none does.
  const BlockRange* RangeOf(uintptr_t address) const;

  // `block` is aligned, and in the range of a heap.
  static void Set(const BlockRange& range, uintptr_t block) {
    WordOf(range, block) |= MaskOf(range, block);
  }
  static void Unset(const BlockRange& range, uintptr_t block) {
    WordOf(range, block) &= ~MaskOf(range, block);
  }
  static bool Has(const BlockRange& range, uintptr_t block) {
    return (WordOf(range, block) & MaskOf(range, block)) != 0;
  }

  // The last block of a heap that begins at or before an address in it; 0 if
  // there is none.
  static uintptr_t LastUpTo(const BlockRange& range, uintptr_t address);

  // Gives the blocks of heaps numbers, in the order of their addresses, from 0
  // on.  After that, none may be set or unset.  Takes 0.1 % of the heaps. False
  // if there is no memory left.
  bool Number();
  uint32_t num_numbers() const { return num_numbers_; }

  // Of a block that was set.
  static uint32_t NumberOf(const BlockRange& range, uintptr_t block) {
    const size_t word = (block - range.start) / kBlockAlignment / 64;
    const size_t rank = word / BlockRange::kWordsOfRank;
    uint32_t number = range.first_number + range.ranks[rank];
    for (size_t i = rank * BlockRange::kWordsOfRank; i < word; ++i) {
      number += NumBits(range.bits[i]);
    }
    return number + NumBits(range.bits[word] & (MaskOf(range, block) - 1));
  }

  // Where the block with a number is.  The farther that is from the last one
  // that was asked for, the longer it takes.
  uintptr_t AddressOf(uint32_t number) const;

  // True for a block in a heap; other addresses are allowed.
  bool HasInHeap(uintptr_t block) const;

 private:
  size_t RangeWith(uint32_t number) const;
  static size_t RankWith(const BlockRange& range, uint32_t before, size_t near);
  // Faster than a call of the compiler's, which may not know what the processor
  // has: H. S. Warren, Hacker's Delight, 2nd edition (2012), 5-1.
  static uint32_t NumBits(uint64_t word) {
    word -= word >> 1 & 0x5555555555555555;
    word = (word & 0x3333333333333333) + (word >> 2 & 0x3333333333333333);
    word = (word + (word >> 4)) & 0x0f0f0f0f0f0f0f0f;
    return static_cast<uint32_t>(word * 0x0101010101010101 >> 56);
  }
  static uint64_t& WordOf(const BlockRange& range, uintptr_t block) {
    return range.bits[(block - range.start) / kBlockAlignment / 64];
  }
  static uint64_t MaskOf(const BlockRange& range, uintptr_t block) {
    return uint64_t{1} << ((block - range.start) / kBlockAlignment % 64);
  }

  MappedArray<BlockRange> ranges_;
  // All are between these.
  uintptr_t lowest_ = 0;
  uintptr_t num_bytes_ = 0;
  uint32_t num_numbers_ = 0;
  mutable size_t last_ = 0;           // The range that was found last.
  mutable size_t last_numbered_ = 0;  // The same by number,
  mutable size_t last_rank_ = 0;      // and where in its ranks.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_NATIVE_BLOCK_MAP_H_
