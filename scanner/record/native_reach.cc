#include "record/native_reach.h"

#include <algorithm>

namespace heapgrind {

bool NativeReach::Begin() {
  const uint32_t num_numbers = blocks_->num_numbers();
  return stack_.Begin(num_numbers) && once_.Begin(num_numbers) &&
         often_.Begin(num_numbers);
}

void NativeReach::Explore(const NativeBlock& block) {
  uint32_t number = NumberOf(block);
  const bool is_found = number != kNoNumber && IsFound(number);
  if (number != kNoNumber) often_.Set(number);
  if (!is_found) LookAround(block);
  while (stack_.Take(&number)) LookAround(blocks_->BlockOf(number));
}

// A word of a small block that cannot be followed is passed over.
void NativeReach::LookAround(const NativeBlock& block) {
  if (IsObjects(block)) return;
  uintptr_t at = block.start;
  const auto look = [&] {
    VisitTargets(block, &at, [&](const NativeTarget& x) { Look(block, x); });
  };
  while (!Guard(look) && at != block.start) continue;
}

void NativeReach::Look(const NativeBlock& block, const NativeTarget& target) {
  if (target.kind == NativeTarget::kObject) {
    return frontier_->Reach(reinterpret_cast<PyObject*>(target.object));
  }
  const uint32_t number = NumberOf(target.block);
  if (target.kind == NativeTarget::kInside || number == kNoNumber) {
    return blocks_->Reach(target.block);
  }
  if (!IsFound(number)) stack_.Push(number);
  if (!once_.Has(number)) {
    once_.Set(number);
  } else if (!often_.Has(number) && !IsRepeated(block, target.place)) {
    often_.Set(number);
  }
}

// True if one of the words before it in the block is the same: a list that
// knows its first element and its last, of which there is one.
bool NativeReach::IsRepeated(const NativeBlock& block, uintptr_t place) {
  const uintptr_t word = WordAt(place);
  const size_t num_before = (place - block.start) / kWordBytes;
  for (size_t i = 1; i <= std::min(num_before, kMostWordsBack); ++i) {
    if (WordAt(place - i * kWordBytes) == word) return true;
  }
  return false;
}

}  // namespace heapgrind
