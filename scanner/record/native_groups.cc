#include "record/native_groups.h"

#include <algorithm>

namespace heapgrind {

// Calls take(unit) for those that a block and its tree lead to.
template <typename Take>
void NativeGroups::VisitNext(const NativeBlock& top, Take take) {
  reach_.VisitTree(top, [&](const NativeBlock& block) {
    reach_.Guard([&] {
      reach_.VisitNext(block, [&](uint32_t number) {
        const uint32_t next = UnitOf(number);
        if (next != kNoUnit) take(next);
      });
    });
  });
}

// The same of a unit, without itself.
template <typename Take>
void NativeGroups::VisitNextOf(uint32_t unit, Take take) {
  VisitTopsOf(unit, [&](const NativeBlock& top) {
    VisitNext(top, [&](uint32_t next) {
      if (next != unit) take(next);
    });
  });
}

// Those that it leads to stand behind a unit in the path, until it is left.
void NativeGroups::Search(uint32_t unit) {
  Check(path_.Append(unit));
  while (!path_.empty() && !has_failed_) {
    unit = path_[path_.size() - 1];
    if (state_[unit] == 0) {
      Enter(unit);
    } else {
      path_.TakeLast();
      if (!is_left_.Has(unit)) Leave(unit);
    }
  }
}

void NativeGroups::Enter(uint32_t unit) {
  state_[unit] = ++num_entered_;
  VisitNextOf(unit, [&](uint32_t next) {
    leads_on_.Set(unit);
    if (state_[next] == 0) Check(path_.Append(next));
  });
}

// All that a unit leads to was entered: it is in the circle of what is open.
void NativeGroups::Leave(uint32_t unit) {
  const uint32_t own = state_[unit];
  is_left_.Set(unit);
  if (leads_on_.Has(unit)) {
    VisitNextOf(unit, [&](uint32_t next) {
      state_[unit] = std::min(state_[unit], state_[next]);
    });
  }
  if (state_[unit] != own) return Check(open_.Append(unit));
  const uint32_t circle = kFirstCircle - num_circles_++;
  while (!open_.empty() && state_[open_[open_.size() - 1]] >= own) {
    const uint32_t member = open_.TakeLast();
    state_[member] = circle;
    Check(found_.Append(member));
  }
  state_[unit] = circle;
  Check(found_.Append(unit));
}

void NativeGroups::SearchAll() {
  Check(units_.Find());
  const uint32_t num_units = units_.num_units();
  Check(state_.Fill(num_units) && leads_on_.Begin(num_units) &&
        is_left_.Begin(num_units));
  for (uint32_t unit = 0; unit < num_units && !has_failed_; ++unit) {
    if (state_[unit] == 0) Search(unit);
  }
  path_.Free();
  open_.Free();
}

void NativeGroups::Form() {
  reach_.Finish();
  SearchAll();
  Check(groups_.Fill(num_circles_));
  if (has_failed_) return;
  NativeBlock block;
  for (size_t i = 0; i < others_.size(); ++i) {
    const Group group = AddHead(others_[i]);
    if (blocks_->FindStart(others_[i], &block)) Pass(block, group);
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
    if (!leads_on_.Has(found_[i])) continue;
    VisitTopsOf(found_[i], [=](const NativeBlock& top) { Pass(top, *group); });
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

// Passes the group of a block and its tree on to what they lead to.
void NativeGroups::Pass(const NativeBlock& top, Group group) {
  const uint32_t unit = UnitOf(reach_.NumberOf(top));
  VisitNext(top, [&](uint32_t next) {
    if (unit != kNoUnit && state_[next] == state_[unit]) return;
    Group* passed = &groups_[CircleOf(next)];
    *passed = *passed == kNoGroup || *passed == group ? group : kSeveral;
  });
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

}  // namespace heapgrind
