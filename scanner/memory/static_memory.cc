#include "memory/static_memory.h"

#include <link.h>

#include "surroundings.h"

namespace heapgrind {

StaticMemory::StaticMemory() { hg_visit_images(AddLibrary, this); }

int StaticMemory::AddLibrary(struct dl_phdr_info* library, size_t, void* self) {
  for (int i = 0; i < library->dlpi_phnum; ++i) {
    const ElfW(Phdr)& header = library->dlpi_phdr[i];
    if (header.p_type != PT_LOAD) continue;
    const uintptr_t start = library->dlpi_addr + header.p_vaddr;
    static_cast<StaticMemory*>(self)->segments_.Append(
        {start, start + header.p_memsz});
  }
  return 0;
}

// Looks at all segments, and remembers the gap that it was in.
bool StaticMemory::Search(uintptr_t address) {
  uintptr_t gap_start = 0;
  uintptr_t gap_end = UINTPTR_MAX;
  for (size_t i = 0; i < segments_.size(); ++i) {
    const Segment segment = segments_[i];
    if (address >= segment.start && address < segment.end) return true;
    if (segment.end <= address && segment.end > gap_start) {
      gap_start = segment.end;
    }
    if (segment.start > address && segment.start < gap_end) {
      gap_end = segment.start;
    }
  }
  gap_start_ = gap_start;
  gap_bytes_ = gap_end - gap_start;
  return false;
}

}  // namespace heapgrind
