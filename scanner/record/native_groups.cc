#include "record/native_groups.h"

#include "record/guarded.h"
#include "surroundings.h"

namespace heapgrind {

void NativeGroups::Explore(const NativeBlock& block) {
  const uint32_t unit = UnitOf(block);
  if (unit == kNoUnit) return ExploreOther(block);
  Search(unit);
}

void NativeGroups::ExploreOther(const NativeBlock& block) {
  Check(others_.Append(block));
  waiting_.Clear();
  Note(RunGuarded([&] {
    if (blocks_->IsClaimed(block.start) || words_.IsAnObjects(block)) return;
    VisitWords(block, [&](const NativeTarget& target) {
      uint32_t next = kNoUnit;
      Look(target, nullptr, &next);
      if (next != kNoUnit) Check(waiting_.Append(next));
    });
  }));
  while (!waiting_.empty()) Search(waiting_.TakeLast());
}

void NativeGroups::Search(uint32_t unit) {
  if (state_[unit] != 0) return;
  Enter(unit);
  while (!path_.empty()) {
    const uint32_t next = FindNext(&path_[path_.size() - 1]);
    if (next == kNoUnit) {
      Leave();
    } else {
      Enter(next);
    }
  }
}

// Out of memory, it is as if it led nowhere.
void NativeGroups::Enter(uint32_t unit) {
  state_[unit] = ++num_entered_;
  if (unit >= units_.num_singles()) *PlaceInPart(unit) = units_.FirstOf(unit);
  if (!path_.Append({unit, 0, 1})) has_failed_ = true;
}

// Goes on with the words of a unit up to one that leads to a unit which was not
// entered yet.
uint32_t NativeGroups::FindNext(Step* step) {
  do {
    const bool is_single = step->unit < units_.num_singles();
    const uint32_t number =
        is_single ? units_.FirstOf(step->unit) : *PlaceInPart(step->unit);
    const uint32_t next = FindNextOf(blocks_->BlockOf(number), step);
    if (next != kNoUnit) return next;
  } while (GoOn(step));
  return kNoUnit;
}

// Goes to the next block of a unit, if there is one.
bool NativeGroups::GoOn(Step* step) {
  if (step->unit < units_.num_singles()) return false;
  uint32_t* number = PlaceInPart(step->unit);
  const uint32_t next = units_.NextOf(step->unit, *number);
  if (next == NativeUnits::kNoNumber) return false;
  *number = next;
  step->next_word = 0;
  return true;
}

// The same within a block.  A word that cannot be read is passed over.
uint32_t NativeGroups::FindNextOf(const NativeBlock& block, Step* step) {
  const uint32_t num_words = static_cast<uint32_t>(block.bytes / kWordBytes);
  uint32_t next = kNoUnit;
  if (blocks_->IsClaimed(block.start)) return next;
  const auto look = [&] {
    while (step->next_word < num_words && next == kNoUnit) {
      const uintptr_t place = block.start + step->next_word * kWordBytes;
      ++step->next_word;
      const NativeTarget target = words_.Find(WordAt(place));
      const bool is_own = target.kind != NativeTarget::kObject &&
                          target.block.start == block.start;
      if (!is_own) Look(target, step, &next);
    }
  };
  while (!Note(RunGuarded(look))) continue;
  return next;
}

// `step`: of the unit that has the word; null for a block that is not small.
void NativeGroups::Look(const NativeTarget& target, Step* step,
                        uint32_t* next) {
  if (target.kind == NativeTarget::kNone) return;
  if (target.kind == NativeTarget::kObject) {
    return frontier_->Reach(reinterpret_cast<PyObject*>(target.object));
  }
  const uint32_t unit = UnitOf(target.block);
  if (target.kind == NativeTarget::kInside || unit == kNoUnit) {
    blocks_->Reach(target.block);
  } else if (state_[unit] == 0) {
    *next = unit;
  } else if (step != nullptr) {
    Lower(step, unit);
  }
}

// A unit leads to one that was entered: to the same circle if that is open.
void NativeGroups::Lower(Step* step, uint32_t unit) {
  if (state_[unit] >= state_[step->unit]) return;
  state_[step->unit] = state_[unit];
  step->is_first = 0;
}

void NativeGroups::Leave() {
  const Step step = path_.TakeLast();
  if (step.is_first == 0) {
    Check(open_.Append(step.unit));
  } else {
    const uint32_t circle = kFirstCircle - num_circles_++;
    while (!open_.empty() &&
           state_[open_[open_.size() - 1]] >= state_[step.unit]) {
      const uint32_t member = open_.TakeLast();
      state_[member] = circle;
      Check(found_.Append(member));
    }
    state_[step.unit] = circle;
    Check(found_.Append(step.unit));
  }
  if (!path_.empty()) Lower(&path_[path_.size() - 1], step.unit);
}

void NativeGroups::Form() {
  path_.Free();
  open_.Free();
  Check(groups_.Fill(num_circles_));
  if (has_failed_) return;
  for (size_t i = 0; i < others_.size(); ++i) {
    Pass(others_[i], AddHead(others_[i].start));
  }
  for (size_t end = found_.size(); end > 0;) {
    size_t begin = end - 1;
    while (begin > 0 && state_[found_[begin - 1]] == state_[found_[end - 1]]) {
      --begin;
    }
    FormCircle(begin, end);
    end = begin;
  }
  if (!has_failed_) SortMembers();
}

NativeGroups::Group NativeGroups::AddHead(uintptr_t address) {
  Check(heads_.Append({address, 0, 0}));
  return static_cast<Group>(heads_.size());
}

// All that lead to it have their groups.
void NativeGroups::FormCircle(size_t begin, size_t end) {
  Group* group = &groups_[CircleOf(found_[begin])];
  uintptr_t address = FindAddress(begin, end);
  if (address != 0 || *group == kNoGroup || *group == kSeveral) {
    if (address == 0) {
      address = blocks_->BlockOf(units_.FirstOf(found_[begin])).start;
    }
    *group = AddHead(address);
  }
  for (size_t i = begin; i < end; ++i) {
    VisitBlocksOf(found_[i],
                  [=](const NativeBlock& block) { Pass(block, *group); });
  }
}

// Of the first block of a circle that has a record of its own; 0 if none has.
uintptr_t NativeGroups::FindAddress(size_t begin, size_t end) const {
  for (size_t i = begin; i < end; ++i) {
    uint32_t number = units_.FirstOf(found_[i]);
    for (; number != NativeUnits::kNoNumber;
         number = units_.NextOf(found_[i], number)) {
      const uintptr_t start = blocks_->BlockOf(number).start;
      if (blocks_->IsReached(start)) return start;
    }
  }
  return 0;
}

// Passes the group of a block on to what it leads to.
void NativeGroups::Pass(const NativeBlock& block, Group group) {
  const uint32_t unit = UnitOf(block);
  hg_note_progress();
  Note(RunGuarded([&] {
    if (blocks_->IsClaimed(block.start) || words_.IsAnObjects(block)) return;
    VisitWords(block, [&](const NativeTarget& target) {
      if (target.kind != NativeTarget::kBlock) return;
      const uint32_t next = UnitOf(target.block);
      if (next == kNoUnit || state_[next] == 0) return;
      if (unit != kNoUnit && state_[next] == state_[unit]) return;
      Group* passed = &groups_[CircleOf(next)];
      *passed = *passed == kNoGroup || *passed == group ? group : kSeveral;
    });
  }));
}

void NativeGroups::SortMembers() {
  Check(members_.Fill(found_.size()));
  if (has_failed_) return;
  for (size_t i = 0; i < found_.size(); ++i) {
    ++heads_[groups_[CircleOf(found_[i])] - 1].count;
  }
  uint32_t begin = 0;
  for (size_t i = 0; i < heads_.size(); ++i) {
    heads_[i].begin = begin;
    begin += heads_[i].count;
    heads_[i].count = 0;
  }
  found_.Free();
  for (uint32_t unit = 0; unit < state_.size(); ++unit) {
    if (state_[unit] == 0) continue;
    Head* head = &heads_[groups_[CircleOf(unit)] - 1];
    members_[head->begin + head->count++] = unit;
  }
}

NativeGroups::Group NativeGroups::GroupOf(const NativeBlock& block) const {
  const uint32_t unit = UnitOf(block);
  if (unit == kNoUnit || state_[unit] == 0) return kNoGroup;
  return groups_[CircleOf(unit)];
}

}  // namespace heapgrind
