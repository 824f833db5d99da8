// Native blocks in groups, each of which is one record: a tree of lxml with its
// million blocks.  Who owns what is the same as with a record for each block.
//
// A part of a graph may become one node if all who enter it reach all of it: it
// is owned as a whole then, and no path comes or goes by that.  Two kinds of
// parts are such, and what both make of the blocks is what is written:
//
//   circles   blocks that all lead to each other, as the nodes of a tree do
//   that
//             know their parents, whoever points at whichever of them;
//   tails     blocks to which nothing leads but one group, or one block.
//
// Blocks that objects or C variables refer to, or any word to the inside of,
// keep an address that a record has: the group's if it is the first one, else
// one of size 0 that leads to the group.  So do blocks of 64 KiB and more,
// those with a mapping of their own, and those of Python's allocator.
//
// Circles: neighbours first (native_units.h); of what is left, and of those as
// one, D. J. Pearce, A space-efficient algorithm for finding strongly connected
// components, Information Processing Letters 116 (2016).  Tails: each circle
// takes over the group of those that lead to it, if that is one, from the first
// to the last in topological order.
//
// Memory: a byte for each block of the heap (native_units.h); 4 to 24 for each
// that is reached and no neighbour of many.  Time: each block is read four
// times, and twice when it is written.

#ifndef HEAPGRIND_SCANNER_RECORD_NATIVE_GROUPS_H_
#define HEAPGRIND_SCANNER_RECORD_NATIVE_GROUPS_H_

#include <cstddef>
#include <cstdint>

#include "memory/frontier.h"
#include "memory/mapped_array.h"
#include "native/native_blocks.h"
#include "record/native_units.h"
#include "record/native_words.h"
#include "surroundings.h"

namespace heapgrind {

class NativeGroups {
 public:
  using Group = uint32_t;  // From 1 on.
  static constexpr Group kNoGroup = 0;

  NativeGroups(NativeBlocks* blocks, Frontier* frontier)
      : blocks_(blocks),
        frontier_(frontier),
        words_(blocks, frontier),
        units_(blocks) {}

  // False if there is no memory for the table.
  bool Begin() {
    return blocks_->Number() && units_.Find() &&
           state_.Fill(units_.num_units()) &&
           block_of_part_.Fill(units_.num_units() - units_.num_singles());
  }

  // Finds what a block leads to that was reached (NativeBlocks::Reach), and has
  // the frontiers reach objects, and blocks that need a record.  To be called
  // for all of them.
  void Explore(const NativeBlock& block);

  // Makes the groups of all that was found.
  void Form();

  Group num_groups() const { return static_cast<Group>(heads_.size()); }

  // Visits the blocks of a group.  The first one has the record.
  template <typename Visit>
  void VisitBlocks(Group group, Visit visit) const {
    const Head& head = heads_[group - 1];
    NativeBlock block;
    if (head.count == 0 && blocks_->FindStart(head.address, &block))
      visit(block);
    for (uint32_t i = head.begin; i < head.begin + head.count; ++i) {
      VisitBlocksOf(members_[i], visit);
    }
  }

  // Calls take(target) for what the words of a block point at, in any order.
  template <typename Take>
  void VisitWords(const NativeBlock& block, Take take) {
    const auto is_own = [&](const NativeTarget& target) {
      return target.kind != NativeTarget::kObject &&
             target.block.start == block.start;
    };
    const auto take_others = [&](const NativeTarget& target) {
      if (!is_own(target)) take(target);
    };
    if (IsSmall(block)) {
      words_.VisitAll(block, take_others);
    } else {
      words_.VisitBlock(block, take_others);
    }
  }

  // The group of a block; kNoGroup if it was not found.
  Group GroupOf(const NativeBlock& block) const;

  // True if there is a record with the address of a block; if not, its group's
  // stands for it.
  bool HasAddress(const NativeBlock& block) const {
    return UnitOf(block) == kNoUnit || blocks_->IsReached(block.start);
  }
  uintptr_t AddressOf(Group group) const { return heads_[group - 1].address; }

  // Blocks whose words did not come to an end.
  uint64_t num_unending() const { return num_unending_; }

  // 0, or the errno of what has failed.
  int error() const { return has_failed_ ? ENOMEM : 0; }

 private:
  static constexpr size_t kLargeBlock = size_t{1} << 16;
  static constexpr Group kSeveral = UINT32_MAX;
  static constexpr uint32_t kFirstCircle = UINT32_MAX - 1;  // They count down.
  static constexpr uint32_t kNoUnit = NativeUnits::kNoNumber;

  // Where the search stands in a unit, in one of its blocks.
  struct Step {
    uint32_t unit;
    uint32_t next_word : 31;
    uint32_t is_first : 1;  // Of its circle, as far as is known.
  };

  struct Head {
    uintptr_t address;  // Of the record.
    uint32_t begin;     // Of the members.
    uint32_t count;     // 0: the block at the address, which is not small.
  };

  static bool IsSmall(const NativeBlock& block) {
    return block.bytes < kLargeBlock && !block.is_in_pool();
  }
  uint32_t UnitOf(const NativeBlock& block) const {
    if (!IsSmall(block)) return kNoUnit;
    const uint32_t number = blocks_->NumberOf(block.start);
    return number == MallocHeap::kNoNumber ? kNoUnit : units_.UnitOf(number);
  }
  template <typename Visit>
  void VisitBlocksOf(uint32_t unit, Visit visit) const {
    for (uint32_t number = units_.FirstOf(unit);
         number != NativeUnits::kNoNumber;
         number = units_.NextOf(unit, number)) {
      visit(blocks_->BlockOf(number));
    }
  }
  uint32_t CircleOf(uint32_t unit) const { return kFirstCircle - state_[unit]; }
  void Check(bool is_done) { has_failed_ |= !is_done; }
  bool Note(hg_outcome outcome) {
    if (outcome == HG_UNENDING) ++num_unending_;
    return outcome == HG_DONE;
  }

  void ExploreOther(const NativeBlock& block);
  void Search(uint32_t unit);
  void Enter(uint32_t unit);
  uint32_t FindNext(Step* step);
  uint32_t FindNextOf(const NativeBlock& block, Step* step);
  bool GoOn(Step* step);
  uint32_t* PlaceInPart(uint32_t unit) {
    return &block_of_part_[unit - units_.num_singles()];
  }
  void Look(const NativeTarget& target, Step* step, uint32_t* next);
  void Leave();
  void Lower(Step* step, uint32_t unit);
  Group AddHead(uintptr_t address);
  void Pass(const NativeBlock& block, Group group);
  void FormCircle(size_t begin, size_t end);
  uintptr_t FindAddress(size_t begin, size_t end) const;
  void SortMembers();

  NativeBlocks* const blocks_;
  Frontier* const frontier_;
  NativeWords words_;
  NativeUnits units_;
  bool has_failed_ = false;
  uint64_t num_unending_ = 0;

  // By unit: 0; while it is searched, the first that it leads back to, from 1
  // on; then its circle.
  MappedArray<uint32_t> state_;
  uint32_t num_entered_ = 0;
  uint32_t num_circles_ = 0;
  MappedArray<uint32_t> block_of_part_;  // Numbers: where the search stands.
  MappedArray<Step> path_;
  MappedArray<uint32_t> open_;     // Left, and in no circle yet.
  MappedArray<uint32_t> waiting_;  // What a block leads to that is not small.
  MappedArray<NativeBlock> others_;
  MappedArray<uint32_t> found_;  // Circle by circle, the last first.
  MappedArray<Group> groups_;    // By circle.
  MappedArray<Head> heads_;
  MappedArray<uint32_t> members_;  // Group by group.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_NATIVE_GROUPS_H_
