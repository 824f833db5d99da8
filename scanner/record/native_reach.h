// Which native blocks are reached, and which of these from one block alone.
//
// A block that only one other leads to, and no object and no variable of C
// code, belongs to that: together they are a tree.  Only the top of a tree has
// to be remembered, as the rest can be found from it again.  So the nodes of a
// list, or the text of each node of another tree, cost some bits.
//
// Memory: two bits for each block of the heap, and sometimes a third.  Time:
// each block that is reached is read once.

#ifndef HEAPGRIND_SCANNER_RECORD_NATIVE_REACH_H_
#define HEAPGRIND_SCANNER_RECORD_NATIVE_REACH_H_

#include <cstddef>
#include <cstdint>

#include "memory/frontier.h"
#include "native/native_blocks.h"
#include "record/guarded.h"
#include "record/native_words.h"
#include "record/number_bits.h"
#include "record/number_stack.h"
#include "surroundings.h"

namespace heapgrind {

class NativeReach {
 public:
  static constexpr uint32_t kNoNumber = MallocHeap::kNoNumber;

  NativeReach(NativeBlocks* blocks, Frontier* frontier)
      : blocks_(blocks), frontier_(frontier), words_(blocks, frontier) {}

  // To be called when the blocks have numbers.  False if there is no memory
  // left.
  bool Begin();

  // Finds what a block leads to, and has the frontiers reach objects, and
  // blocks that need a record: those that a word points to the inside of, and
  // those that are not small.  To be called for all that were reached
  // (NativeBlocks::Reach).
  void Explore(const NativeBlock& block);

  // To be called when there is nothing left to explore, before what follows.
  void Finish() { words_.KnowObjects(); }

  // The number of a small block of malloc's heaps; kNoNumber of others.
  uint32_t NumberOf(const NativeBlock& block) const {
    const bool is_small = block.bytes < kLargeBlock && !block.is_in_pool();
    return is_small ? blocks_->NumberOf(block.start) : kNoNumber;
  }

  // True for a block that was explored, or that one leads to.
  bool IsFound(uint32_t number) const {
    return once_.Has(number) || often_.Has(number);
  }

  // True if it is in another's tree.
  bool IsBelow(uint32_t number) const {
    return once_.Has(number) && !often_.Has(number);
  }

  // Visits a block that is below no other, and its tree.  A block's own tree is
  // complete only if `visit` reads its words, by VisitNext or VisitWords.
  template <typename Visit>
  void VisitTree(const NativeBlock& top, Visit visit) {
    stack_.Clear();
    visit(top);
    uint32_t number;
    uint32_t num_left = blocks_->num_numbers();  // It ends, whatever is there.
    while (stack_.Take(&number) && num_left-- > 0) {
      visit(blocks_->BlockOf(number));
    }
  }

  // Calls next(number) for the small blocks outside of its tree that a block's
  // words point at, in any order.
  template <typename Next>
  void VisitNext(const NativeBlock& block, Next next) {
    const uint32_t own = NumberOf(block);
    if (own == kNoNumber) {
      return VisitWords(block, next, [](const NativeTarget&) {});
    }
    if (IsObjects(block)) return;
    const uintptr_t end = block.start + block.bytes;
    for (uintptr_t at = block.start; at + kWordBytes <= end; at += kWordBytes) {
      const uint32_t number = NumberAt(WordAt(at));
      if (number != kNoNumber && number != own) Follow(block, at, number, next);
    }
  }

  // The same, and take(target) for all else that they point at.
  template <typename Next, typename Take>
  void VisitWords(const NativeBlock& block, Next next, Take take) {
    if (IsObjects(block)) return;
    uintptr_t at = block.start;
    VisitTargets(block, &at, [&](const NativeTarget& target) {
      const bool is_block = target.kind == NativeTarget::kBlock;
      const uint32_t number = is_block ? NumberOf(target.block) : kNoNumber;
      if (number == kNoNumber) return take(target);
      Follow(block, target.place, number, next);
    });
  }

  // Blocks whose words did not come to an end.
  uint64_t num_unending() const { return num_unending_; }

  // Runs what reads words of blocks.  False if it was ended.
  template <typename Read>
  bool Guard(Read read) {
    hg_note_progress();
    const hg_outcome outcome = RunGuarded(read);
    if (outcome == HG_UNENDING) ++num_unending_;
    return outcome == HG_DONE;
  }

 private:
  static constexpr size_t kLargeBlock = size_t{1} << 16;
  static constexpr size_t kMostWordsBack = 64;

  // True if it is an object's own memory.
  bool IsObjects(const NativeBlock& block) {
    return blocks_->IsClaimed(block.start) || words_.IsAnObjects(block);
  }

  // Of the small block that a word points at, if that was found.
  uint32_t NumberAt(uintptr_t word) {
    const uint32_t number = blocks_->NumberAt(word);
    const bool is_block =
        number != kNoNumber && IsFound(number) && !frontier_->Contains(word);
    return is_block ? number : kNoNumber;
  }

  // Without those to itself; the words of a small block from *at on.
  template <typename Take>
  void VisitTargets(const NativeBlock& block, uintptr_t* at, Take take) {
    const auto take_others = [&](const NativeTarget& target) {
      const bool is_own = target.kind != NativeTarget::kObject &&
                          target.block.start == block.start;
      if (!is_own) take(target);
    };
    if (NumberOf(block) == kNoNumber) {
      words_.VisitBlock(block, take_others);
    } else {
      words_.VisitFrom(at, block.start + block.bytes, take_others);
    }
  }

  template <typename Next>
  void Follow(const NativeBlock& block, uintptr_t place, uint32_t number,
              Next next) {
    if (!IsBelow(number)) {
      next(number);
    } else if (!IsRepeated(block, place)) {
      stack_.Push(number);
    }
  }

  void LookAround(const NativeBlock& block);
  void Look(const NativeBlock& block, const NativeTarget& target);
  static bool IsRepeated(const NativeBlock& block, uintptr_t place);

  NativeBlocks* const blocks_;
  Frontier* const frontier_;
  NativeWords words_;
  NumberStack stack_;
  NumberBits once_;   // One block at least leads to it;
  NumberBits often_;  // several do, or something else.
  uint64_t num_unending_ = 0;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_NATIVE_REACH_H_
