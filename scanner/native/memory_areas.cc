#include "native/memory_areas.h"

#include <unistd.h>

#include <algorithm>

namespace heapgrind {

bool MemoryAreas::Learn() {
  areas_.Clear();
  last_ = 0;
  is_complete_ = true;
  if (hg_visit_mappings(Add, this) == 0) return false;
  const size_t count = areas_.size();
  for (size_t i = 0; i < count; ++i) CutOutGuards(i);
  std::sort(&areas_[0], &areas_[0] + areas_.size(),
            [](const MemoryArea& a, const MemoryArea& b) {
              return a.start < b.start;
            });
  return is_complete_;
}

// Leaves the area up to its first guard, and appends what is behind that.
void MemoryAreas::CutOutGuards(size_t index) {
  if (!areas_[index].is_data) return;
  const uintptr_t end = areas_[index].end;
  const uintptr_t page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  size_t part = index;
  for (uintptr_t at = areas_[index].start; at < end; at += page) {
    if (!pages_.IsGuard(at / page)) continue;
    areas_[part].end = at;
    part = areas_.size();
    if (!areas_.Append({at + page, end, true, true})) is_complete_ = false;
    if (!is_complete_) return;
  }
}

int MemoryAreas::Add(const hg_mapping* mapping, void* self) {
  if ((mapping->protection & PROT_READ) == 0) return 0;
  MemoryAreas* areas = static_cast<MemoryAreas*>(self);
  MappedArray<MemoryArea>& list = areas->areas_;
  const bool is_private =
      (mapping->protection & PROT_WRITE) != 0 && !mapping->is_shared;
  const MemoryArea area = {mapping->start, mapping->end, is_private,
                           is_private && !mapping->is_file};
  MemoryArea* last = list.empty() ? nullptr : &list[list.size() - 1];
  if (last != nullptr && last->end == area.start &&
      last->is_private == area.is_private && last->is_data == area.is_data) {
    last->end = area.end;
  } else {
    areas->is_complete_ = list.Append(area);
  }
  return !areas->is_complete_;
}

size_t MemoryAreas::FirstEndingBehind(uintptr_t address) const {
  return areas_.FirstThat(
      [address](const MemoryArea& area) { return area.end > address; });
}

bool MemoryAreas::ContainsKind(uintptr_t start, size_t bytes,
                               bool is_private) const {
  const uintptr_t end = start + bytes;
  if (end < start || areas_.empty()) return false;
  const MemoryArea& last = areas_[last_];
  size_t i = last.start <= start && start < last.end ? last_
                                                     : FirstEndingBehind(start);
  for (; i < areas_.size(); ++i) {
    if (areas_[i].start > start) return false;
    if (is_private && !areas_[i].is_private) return false;
    last_ = i;
    if (areas_[i].end >= end) return true;
    start = areas_[i].end;
  }
  return false;
}

}  // namespace heapgrind
