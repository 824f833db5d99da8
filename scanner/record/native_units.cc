#include "record/native_units.h"

#include <algorithm>
#include <cstring>

#include "record/guarded.h"
#include "surroundings.h"

namespace heapgrind {

bool NativeUnits::Find() {
  const uint32_t num_numbers = blocks_->num_numbers();
  if (!low_.Fill(num_numbers) || !stack_.Begin(num_numbers) ||
      !singles_.AddHeap(0, PlaceOf(num_numbers) + 1)) {
    return false;
  }
  singles_.Sort();
  single_range_ = singles_.RangeOf(0);
  for (uint32_t number = 0; number < num_numbers; ++number) {
    if (IsFree(number)) Flood(number);
  }
  stack_.Free();
  return singles_.Number();
}

void NativeUnits::SetLabel(uint32_t number, uint32_t label) {
  low_[number] = static_cast<uint8_t>(label);
  if (!high_.empty()) high_[number] = static_cast<uint8_t>(label >> 8);
}

bool NativeUnits::HasLabelsLeft() {
  if (parts_.size() >= kMostParts) return false;
  return parts_.size() < UINT8_MAX || !high_.empty() || high_.Fill(low_.size());
}

void NativeUnits::Flood(uint32_t number) {
  if (!HasLabelsLeft() || !parts_.Append({})) {
    return BlockMap::Set(*single_range_, PlaceOf(number));
  }
  label_ = static_cast<uint32_t>(parts_.size());
  part_ = {number, number};
  num_found_ = 0;
  Add(number);
  while (stack_.Take(&number)) {
    const NativeBlock block = blocks_->BlockOf(number);
    if (blocks_->IsClaimed(block.start)) continue;
    RunGuarded([&] { LookAround(block); });
  }
  if (num_found_ >= kFewest) {
    parts_[label_ - 1] = part_;
    return;
  }
  parts_.TakeLast();
  for (size_t i = 0; i < num_found_; ++i) {
    SetLabel(few_[i], 0);
    BlockMap::Set(*single_range_, PlaceOf(few_[i]));
  }
}

void NativeUnits::Add(uint32_t number) {
  SetLabel(number, label_);
  part_.first = std::min(part_.first, number);
  part_.last = std::max(part_.last, number);
  if (num_found_ < kFewest) few_[num_found_] = number;
  ++num_found_;
  stack_.Push(number);
}

void NativeUnits::LookAround(const NativeBlock& block) {
  hg_note_progress();
  for (size_t at = 0; at + kWordBytes <= block.bytes; at += kWordBytes) {
    const uint32_t number = NeighbourAt(WordAt(block.start + at), block);
    if (number != kNoNumber && IsFree(number)) Add(number);
  }
}

// The number of the block that a word of another points at, if that points
// back.
uint32_t NativeUnits::NeighbourAt(uintptr_t word,
                                  const NativeBlock& block) const {
  NativeBlock other;
  if (!blocks_->FindInHeap(word, &other) || other.start == block.start ||
      blocks_->IsClaimed(other.start)) {
    return kNoNumber;
  }
  const size_t num_words = std::min(other.bytes / kWordBytes, kMostWordsBack);
  for (size_t i = 0; i < num_words; ++i) {
    const uintptr_t distance =
        WordAt(other.start + i * kWordBytes) - block.start;
    if (distance == 0) return blocks_->NumberOf(other.start);
  }
  return kNoNumber;
}

uint32_t NativeUnits::FirstOf(uint32_t unit) const {
  if (unit >= num_singles()) return parts_[unit - num_singles()].first;
  return static_cast<uint32_t>(singles_.AddressOf(unit) / kBlockAlignment);
}

uint32_t NativeUnits::NextOf(uint32_t unit, uint32_t number) const {
  if (unit < num_singles()) return kNoNumber;
  const uint32_t label = unit - num_singles() + 1;
  const uint32_t last = parts_[label - 1].last;
  while (number < last) {
    const void* found =
        memchr(&low_[number + 1], static_cast<uint8_t>(label), last - number);
    if (found == nullptr) return kNoNumber;
    number =
        static_cast<uint32_t>(static_cast<const uint8_t*>(found) - &low_[0]);
    if (LabelOf(number) == label) return number;
  }
  return kNoNumber;
}

}  // namespace heapgrind
