// Native blocks that lead to each other side by side, as one unit: all nodes of
// a tree of lxml, each of which knows its parent.
//
// Two blocks are neighbours if the beginning of each is in a word of the other.
// What neighbours connect is a circle (native_groups.h), so it may be found
// first, with a byte for each block in the place of the numbers that a search
// for circles needs.  Parts of fewer than 64 blocks are left to that search:
// each of their blocks is a unit.  Blocks that were not found, or are below
// others (native_reach.h), are in none.
//
// Memory: two bits for each block of the heap, and a byte for each neighbour,
// two if there are more than 255 parts.  Time: each block that is in a unit is
// read once, and for each pointer to another block the first 512 bytes of that.

#ifndef HEAPGRIND_SCANNER_RECORD_NATIVE_UNITS_H_
#define HEAPGRIND_SCANNER_RECORD_NATIVE_UNITS_H_

#include <cstddef>
#include <cstdint>

#include "memory/mapped_array.h"
#include "native/block_map.h"
#include "native/native_blocks.h"
#include "record/native_reach.h"
#include "record/number_stack.h"

namespace heapgrind {

class NativeUnits {
 public:
  static constexpr uint32_t kNoNumber = MallocHeap::kNoNumber;

  NativeUnits(NativeBlocks* blocks, const NativeReach* reach)
      : blocks_(blocks), reach_(reach) {}

  // Finds the units of all blocks that have numbers, and are no object's. False
  // if there is no memory left.
  bool Find();

  uint32_t num_units() const {
    return num_singles() + static_cast<uint32_t>(parts_.size());
  }

  // Those below this number have one block.
  uint32_t num_singles() const { return singles_.num_numbers(); }

  // Of a block that was found and is below no other.
  uint32_t UnitOf(uint32_t number) const {
    const uint32_t label = LabelOf(number);
    return label == 0 ? BlockMap::NumberOf(*single_range_, PlaceOf(number))
                      : num_singles() + label - 1;
  }

  // The blocks of a unit by their numbers, the lowest first; kNoNumber behind
  // the last.
  uint32_t FirstOf(uint32_t unit) const;
  uint32_t NextOf(uint32_t unit, uint32_t number) const;

 private:
  static constexpr size_t kFewest = 64;
  static constexpr size_t kMostParts = UINT16_MAX;
  static constexpr size_t kMostWordsBack = 64;

  struct Part {
    uint32_t first;
    uint32_t last;
  };

  // Where singles_ has a number: one for each 16 bytes of its range.
  static uintptr_t PlaceOf(uint32_t number) { return number * kBlockAlignment; }
  bool IsSingle(uint32_t number) const {
    return BlockMap::Has(*single_range_, PlaceOf(number));
  }
  uint32_t LabelOf(uint32_t number) const {
    return low_[number] | (high_.empty() ? 0 : uint32_t{high_[number]} << 8);
  }
  bool IsFree(uint32_t number) const {
    return reach_->IsFound(number) && !reach_->IsBelow(number) &&
           LabelOf(number) == 0 && !IsSingle(number);
  }
  void SetLabel(uint32_t number, uint32_t label);
  bool HasLabelsLeft();

  void Flood(uint32_t number);
  void Add(uint32_t number);
  void LookAround(const NativeBlock& block);
  uint32_t NeighbourAt(uintptr_t word, const NativeBlock& block) const;

  NativeBlocks* const blocks_;
  const NativeReach* const reach_;
  MappedArray<uint8_t> low_;   // Of the label: 0, or the part's place + 1.
  MappedArray<uint8_t> high_;  // Once there are so many.
  MappedArray<Part> parts_;
  BlockMap singles_;  // Of numbers in the place of addresses.
  const BlockRange* single_range_ = nullptr;

  // Of the part that is being found.
  uint32_t label_ = 0;
  Part part_ = {};
  size_t num_found_ = 0;
  uint32_t few_[kFewest];
  NumberStack stack_;  // What is to be looked at.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_NATIVE_UNITS_H_
