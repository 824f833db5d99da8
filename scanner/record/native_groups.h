// Native blocks in groups, each of which is one record: a tree of lxml with its
// million blocks.  Who owns what is the same as with a record for each block.
//
// A part of a graph may become one node if all who enter it reach all of it: it
// is owned as a whole then, and no path comes or goes by that.  Two kinds of
// parts are such, and what both make of the blocks is what is written:
//
//   circles   blocks that all lead to each other, as do the nodes of a tree
//             that know their parents, whoever points at whichever of them;
//   tails     blocks to which nothing leads but one group, or one block.
//
// Blocks that objects or C variables refer to, or any word to the inside of,
// keep an address that a record has: the group's if it is the first one, else
// one of size 0 that leads to the group.  So do blocks of 64 KiB and more,
// those with a mapping of their own, and those of Python's allocator.
//
// Tails of one block first: they are its tree (native_reach.h), which goes
// where the block goes.  Circles: neighbours first (native_units.h); of what is
// left, and of those as one, D. J. Pearce, A space-efficient algorithm for
// finding strongly connected components, Information Processing Letters 116
// (2016).  Tails of groups: each circle takes over the group of those that lead
// to it, if that is one, from the first to the last in topological order.
//
// Memory: some bits for each block of the heap (native_reach.h), a byte for
// each neighbour of many (native_units.h); 12 to 28 for each of the others that
// is in no tree.  Time: each block is read five times, and twice more if it
// leads to several.

#ifndef HEAPGRIND_SCANNER_RECORD_NATIVE_GROUPS_H_
#define HEAPGRIND_SCANNER_RECORD_NATIVE_GROUPS_H_

#include <cstddef>
#include <cstdint>

#include "memory/frontier.h"
#include "memory/mapped_array.h"
#include "native/native_blocks.h"
#include "record/native_reach.h"
#include "record/native_units.h"
#include "record/number_bits.h"
#include "surroundings.h"

namespace heapgrind {

class NativeGroups {
 public:
  using Group = uint32_t;  // From 1 on.
  static constexpr Group kNoGroup = 0;

  NativeGroups(NativeBlocks* blocks, Frontier* frontier)
      : blocks_(blocks), reach_(blocks, frontier), units_(blocks, &reach_) {}

  // False if there is no memory for the table.
  bool Begin() { return blocks_->Number() && reach_.Begin(); }

  // Finds what a block leads to that was reached (NativeBlocks::Reach), and has
  // the frontiers reach objects, and blocks that need a record.  To be called
  // for all of them.
  void Explore(const NativeBlock& block) {
    reach_.Explore(block);
    if (reach_.NumberOf(block) == kNoUnit) Check(others_.Append(block.start));
  }

  // Makes the groups of all that was found.
  void Form();

  Group num_groups() const { return static_cast<Group>(heads_.size()); }

  // Calls visit(block) for all blocks of a group, and take(target) for what
  // their words point at outside of it, in any order.
  template <typename Visit, typename Take>
  void VisitAll(Group group, Visit visit, Take take) {
    VisitTops(group, [&](const NativeBlock& top) {
      reach_.VisitTree(top, [&](const NativeBlock& block) {
        hg_note_progress();
        visit(block);
        reach_.VisitWords(
            block,
            [&](uint32_t number) {
              if (GroupOf(number) == group) return;
              take({NativeTarget::kBlock, 0, blocks_->BlockOf(number), 0});
            },
            take);
      });
    });
  }

  // Calls visit(block) for all blocks of a group.
  template <typename Visit>
  void VisitBlocks(Group group, Visit visit) {
    VisitTops(group, [&](const NativeBlock& top) {
      reach_.VisitTree(top, [&](const NativeBlock& block) {
        hg_note_progress();
        visit(block);
        reach_.VisitNext(block, [](uint32_t) {});
      });
    });
  }

  // Visits those that are below no other.
  template <typename Visit>
  void VisitTops(Group group, Visit visit) const {
    const Head& head = heads_[group - 1];
    NativeBlock block;
    if (head.count == 0 && blocks_->FindStart(head.address, &block)) {
      visit(block);
    }
    for (uint32_t i = head.begin; i < head.begin + head.count; ++i) {
      VisitTopsOf(members_[i], visit);
    }
  }

  // The group of a small block that is below no other; kNoGroup of others.
  Group GroupOf(const NativeBlock& block) const {
    return GroupOf(reach_.NumberOf(block));
  }

  // True if there is a record with the address of a block; if not, its group's
  // stands for it.
  bool HasAddress(const NativeBlock& block) const {
    return reach_.NumberOf(block) == kNoUnit || blocks_->IsReached(block.start);
  }
  uintptr_t AddressOf(Group group) const { return heads_[group - 1].address; }

  // Blocks whose words did not come to an end.
  uint64_t num_unending() const { return reach_.num_unending(); }

  // 0, or the errno of what has failed.
  int error() const { return has_failed_ ? ENOMEM : 0; }

 private:
  static constexpr Group kSeveral = UINT32_MAX;
  static constexpr uint32_t kFirstCircle = UINT32_MAX - 1;  // They count down.
  static constexpr uint32_t kNoUnit = NativeUnits::kNoNumber;

  struct Head {
    uintptr_t address;  // Of the record.
    uint32_t begin;     // Of the members.
    uint32_t count;     // 0: the block at the address, which is not small.
  };

  // kNoUnit of a block that was not found, or is below another.
  uint32_t UnitOf(uint32_t number) const {
    const bool has_unit =
        number != kNoUnit && reach_.IsFound(number) && !reach_.IsBelow(number);
    return has_unit ? units_.UnitOf(number) : kNoUnit;
  }
  Group GroupOf(uint32_t number) const {
    const uint32_t unit = UnitOf(number);
    return unit == kNoUnit ? kNoGroup : groups_[CircleOf(unit)];
  }
  template <typename Visit>
  void VisitTopsOf(uint32_t unit, Visit visit) const {
    for (uint32_t number = units_.FirstOf(unit);
         number != NativeUnits::kNoNumber;
         number = units_.NextOf(unit, number)) {
      visit(blocks_->BlockOf(number));
    }
  }
  uint32_t CircleOf(uint32_t unit) const { return kFirstCircle - state_[unit]; }
  void Check(bool is_done) { has_failed_ |= !is_done; }

  template <typename Take>
  void VisitNext(const NativeBlock& top, Take take);
  template <typename Take>
  void VisitNextOf(uint32_t unit, Take take);
  void SearchAll();
  void Search(uint32_t unit);
  void Enter(uint32_t unit);
  void Leave(uint32_t unit);
  Group AddHead(uintptr_t address);
  void Pass(const NativeBlock& top, Group group);
  void FormCircle(size_t begin, size_t end);
  uintptr_t FindAddress(size_t begin, size_t end) const;
  void SortMembers();

  NativeBlocks* const blocks_;
  NativeReach reach_;
  NativeUnits units_;
  bool has_failed_ = false;

  // By unit: 0; while it is searched, the first that it leads back to, from 1
  // on; then its circle.
  MappedArray<uint32_t> state_;
  NumberBits leads_on_;  // By unit, a bit: it leads to others;
  NumberBits is_left_;   // it was searched.
  uint32_t num_entered_ = 0;
  uint32_t num_circles_ = 0;
  MappedArray<uint32_t> path_;     // To enter, and those that are to be left.
  MappedArray<uint32_t> open_;     // Left, and in no circle yet.
  MappedArray<uintptr_t> others_;  // Blocks that are not small.
  MappedArray<uint32_t> found_;    // Circle by circle, the last first.
  MappedArray<Group> groups_;      // By circle.
  MappedArray<Head> heads_;
  MappedArray<uint32_t> members_;  // Group by group.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_NATIVE_GROUPS_H_
