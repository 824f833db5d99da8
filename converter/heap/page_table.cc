#include "converter/heap/page_table.h"

#include <utility>

namespace heapgrind {

uint32_t PageTable::Add(uint64_t page) {
  const uint32_t known = Find(page);
  if (known != kAbsent) return known;
  if (2 * (pages_.size() + 1) > slots_.size()) Grow();
  const uint32_t number = static_cast<uint32_t>(pages_.size());
  pages_.push_back(page);
  slots_[SlotOf(page)] = {page, number};
  return number;
}

void PageTable::Grow() {
  std::vector<Slot> old(2 * slots_.size());
  std::swap(old, slots_);
  --shift_;
  for (const Slot& slot : old) {
    if (slot.number != kAbsent) slots_[SlotOf(slot.page)] = slot;
  }
}

}  // namespace heapgrind
