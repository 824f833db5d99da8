#include "record/native_groups.h"

#include "record/guarded.h"
#include "surroundings.h"

namespace heapgrind {

void NativeGroups::Explore(const NativeBlock& block) {
  const uint32_t number = NumberOfSmall(block);
  if (number == MallocHeap::kNoNumber) return ExploreOther(block);
  Search(number);
}

void NativeGroups::ExploreOther(const NativeBlock& block) {
  Check(others_.Append(block));
  waiting_.Clear();
  Note(RunGuarded([&] {
    if (blocks_->IsClaimed(block.start) || words_.IsAnObjects(block)) return;
    VisitWords(block, [&](const NativeTarget& target) {
      uint32_t next = MallocHeap::kNoNumber;
      Look(target, nullptr, &next);
      if (next != MallocHeap::kNoNumber) Check(waiting_.Append(next));
    });
  }));
  while (!waiting_.empty()) Search(waiting_.TakeLast());
}

void NativeGroups::Search(uint32_t number) {
  if (state_[number] != 0) return;
  Enter(number);
  while (!path_.empty()) {
    const uint32_t next = FindNext(&path_[path_.size() - 1]);
    if (next == MallocHeap::kNoNumber) {
      Leave();
    } else {
      Enter(next);
    }
  }
}

// Out of memory, it is as if it led nowhere.
void NativeGroups::Enter(uint32_t number) {
  state_[number] = ++num_entered_;
  if (!path_.Append({number, 0, 1})) has_failed_ = true;
}

// Goes on with the words of a block up to one that leads to a block which was
// not entered yet.  A word that cannot be read is passed over.
uint32_t NativeGroups::FindNext(Step* step) {
  const NativeBlock block = blocks_->BlockOf(step->number);
  const uint32_t num_words = static_cast<uint32_t>(block.bytes / kWordBytes);
  uint32_t next = MallocHeap::kNoNumber;
  if (blocks_->IsClaimed(block.start)) return next;
  const auto look = [&] {
    while (step->next_word < num_words && next == MallocHeap::kNoNumber) {
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

// `step`: of the block that has the word; null for one that is not small.
void NativeGroups::Look(const NativeTarget& target, Step* step,
                        uint32_t* next) {
  if (target.kind == NativeTarget::kNone) return;
  if (target.kind == NativeTarget::kObject) {
    return frontier_->Reach(reinterpret_cast<PyObject*>(target.object));
  }
  const uint32_t number = NumberOfSmall(target.block);
  if (target.kind == NativeTarget::kInside ||
      number == MallocHeap::kNoNumber) {
    blocks_->Reach(target.block);
  } else if (state_[number] == 0) {
    *next = number;
  } else if (step != nullptr) {
    Lower(step, number);
  }
}

// A block leads to one that was entered: to the same circle if that is open.
void NativeGroups::Lower(Step* step, uint32_t number) {
  if (state_[number] >= state_[step->number]) return;
  state_[step->number] = state_[number];
  step->is_first = 0;
}

void NativeGroups::Leave() {
  const Step step = path_.TakeLast();
  if (step.is_first == 0) {
    Check(open_.Append(step.number));
  } else {
    const uint32_t circle = kFirstCircle - num_circles_++;
    while (!open_.empty() &&
           state_[open_[open_.size() - 1]] >= state_[step.number]) {
      const uint32_t member = open_.TakeLast();
      state_[member] = circle;
      Check(found_.Append(member));
    }
    state_[step.number] = circle;
    Check(found_.Append(step.number));
  }
  if (!path_.empty()) Lower(&path_[path_.size() - 1], step.number);
}

void NativeGroups::Form() {
  path_.Free();
  open_.Free();
  Check(groups_.Fill(num_circles_));
  if (has_failed_) return;
  for (size_t i = 0; i < others_.size(); ++i) {
    Pass(others_[i], AddHead(others_[i].start, others_[i]));
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

NativeGroups::Group NativeGroups::AddHead(uintptr_t address,
                                          const NativeBlock& block) {
  Check(heads_.Append({address, block, 0, 0}));
  return static_cast<Group>(heads_.size());
}

// All that lead to it have their groups.
void NativeGroups::FormCircle(size_t begin, size_t end) {
  Group* group = &groups_[CircleOf(found_[begin])];
  uintptr_t address = 0;
  for (size_t i = begin; i < end && address == 0; ++i) {
    const uintptr_t start = blocks_->BlockOf(found_[i]).start;
    if (blocks_->IsReached(start)) address = start;
  }
  if (address != 0 || *group == kNoGroup || *group == kSeveral) {
    if (address == 0) address = blocks_->BlockOf(found_[begin]).start;
    *group = AddHead(address, {});
  }
  for (size_t i = begin; i < end; ++i) {
    Pass(blocks_->BlockOf(found_[i]), *group);
  }
}

// Passes the group of a block on to what it leads to.
void NativeGroups::Pass(const NativeBlock& block, Group group) {
  const uint32_t number = NumberOfSmall(block);
  Note(RunGuarded([&] {
    if (blocks_->IsClaimed(block.start) || words_.IsAnObjects(block)) return;
    VisitWords(block, [&](const NativeTarget& target) {
      if (target.kind != NativeTarget::kBlock) return;
      const uint32_t next = NumberOfSmall(target.block);
      if (next == MallocHeap::kNoNumber || state_[next] == 0) return;
      if (number != MallocHeap::kNoNumber && state_[next] == state_[number]) {
        return;
      }
      Group* passed = &groups_[CircleOf(next)];
      *passed = *passed == kNoGroup || *passed == group ? group : kSeveral;
    });
  }));
}

void NativeGroups::SortMembers() {
  // In the order of their addresses.
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
  for (uint32_t number = 0; number < state_.size(); ++number) {
    if (state_[number] == 0) continue;
    Head* head = &heads_[groups_[CircleOf(number)] - 1];
    members_[head->begin + head->count++] = number;
  }
}

NativeGroups::Group NativeGroups::GroupOf(const NativeBlock& block) const {
  const uint32_t number = NumberOfSmall(block);
  if (number == MallocHeap::kNoNumber || state_[number] == 0) return kNoGroup;
  return groups_[CircleOf(number)];
}

}  // namespace heapgrind
