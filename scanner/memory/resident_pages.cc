#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64
#endif
#include "memory/resident_pages.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>

#include "memory/mapping_list.h"
#include "surroundings.h"

namespace heapgrind {
namespace {

// Bits of an entry of pagemap.
constexpr uint64_t kIsPresent = uint64_t{1} << 63;
constexpr uint64_t kIsSwapped = uint64_t{1} << 62;
constexpr uint64_t kIsOfFile = uint64_t{1} << 61;  // Or shared memory.
constexpr uint64_t kIsExclusive = uint64_t{1} << 56;

// From Linux 6.7 on, pagemap says which pages are the kernel's page of zeros:
// include/uapi/linux/fs.h, PAGEMAP_SCAN and PAGE_IS_PFNZERO.
struct PageRegion {
  uint64_t start, end, categories;
};
struct PageScan {
  uint64_t size, flags, start, end, walk_end, regions, num_regions, most_pages;
  uint64_t inverted, all_of, any_of, returned;
};
constexpr unsigned long kScanPages = _IOWR('f', 16, PageScan);
constexpr uint64_t kIsKernels = uint64_t{1} << 5;

// False at the end of the file, too.
bool ReadWhole(int fd, void* to, size_t bytes, uint64_t offset) {
  const ssize_t length = pread(fd, to, bytes, static_cast<off_t>(offset));
  return length == static_cast<ssize_t>(bytes);
}

bool IsZero(uintptr_t page, size_t bytes) {
  const char* start = reinterpret_cast<const char*>(page);
  return *start == 0 && memcmp(start, start + 1, bytes - 1) == 0;
}

}  // namespace

void ResidentPages::Open() {
  page_bytes_ = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  pagemap_ = open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC);
}

void ResidentPages::Close() {
  if (pagemap_ >= 0) close(pagemap_);
  pagemap_ = -1;
}

void ResidentPages::Keep(size_t most_runs) {
  is_kept_ = KeepMappings(most_runs);
  Close();
}

bool ResidentPages::Find(uintptr_t start, size_t bytes, PresentBytes* result) {
  if (bytes > UINTPTR_MAX - start) return false;
  Search search = {start, start + bytes, {}, false, false};
  bool is_known = true;
  if (is_kept_) {
    CountRuns(&search);
  } else {
    is_known =
        VisitPages(start, start + bytes, [&](uintptr_t page, State state) {
          Count(page, page + page_bytes_, state, &search);
          return true;
        });
  }
  *result = search.found;
  return is_known;
}

// Counts what of the pages is in the range that is asked for.
void ResidentPages::Count(uintptr_t start, uintptr_t end, State state,
                          Search* search) {
  if (state == kAbsent) return;
  if (state == kShared) return CountShared(start, end, search);
  const uint64_t part =
      std::min(end, search->end) - std::max(start, search->start);
  search->found.present += part;
  if (state == kSwapped) search->found.swapped += part;
}

// A page with other bytes than zeros is not the kernel's.  In a forked copy
// mappings may be missing.
void ResidentPages::CountShared(uintptr_t start, uintptr_t end,
                                Search* search) {
  if (!search->knows_readable) {
    search->is_readable =
        hg_is_readable(search->start, search->end - search->start) != 0;
    search->knows_readable = true;
  }
  start = std::max(start, search->start / page_bytes_ * page_bytes_);
  for (; start < std::min(end, search->end); start += page_bytes_) {
    if (search->is_readable && IsZero(start, page_bytes_) && IsKernels(start)) {
      continue;
    }
    Count(start, start + page_bytes_, kPresent, search);
  }
}

// Whether a page of zeros is the kernel's; true where that is not known.
bool ResidentPages::IsKernels(uintptr_t page) {
  PageRegion region = {};
  PageScan scan = {};
  scan.size = sizeof scan;
  scan.start = page;
  scan.end = page + page_bytes_;
  scan.regions = reinterpret_cast<uintptr_t>(&region);
  scan.num_regions = 1;
  scan.all_of = scan.returned = kIsKernels;
  return is_kept_ || ioctl(pagemap_, kScanPages, &scan) != 0;
}

// Calls visit(page, state) for the pages that hold bytes from `start` to before
// `end`, until it returns false.  Returns whether it never did, and the kernel
// answered.
template <typename Visit>
bool ResidentPages::VisitPages(uintptr_t start, uintptr_t end,
                               const Visit& visit) {
  if (pagemap_ < 0) return false;
  uintptr_t page = start / page_bytes_ * page_bytes_;
  while (page < end) {
    const size_t count = std::min<uintptr_t>(
        kEntries, (end - page + page_bytes_ - 1) / page_bytes_);
    if (!ReadWhole(pagemap_, entries_, count * sizeof entries_[0],
                   uint64_t{page / page_bytes_} * sizeof entries_[0])) {
      return false;
    }
    hg_note_progress();
    for (size_t i = 0; i < count; ++i, page += page_bytes_) {
      const uint64_t entry = entries_[i];
      const State state = (entry & kIsPresent) == 0
                              ? (entry & kIsSwapped) == 0 ? kAbsent : kSwapped
                          : (entry & (kIsOfFile | kIsExclusive)) == 0
                              ? kShared
                              : kPresent;
      if (!visit(page, state)) return false;
    }
  }
  return true;
}

void ResidentPages::CountRuns(Search* search) {
  size_t i = runs_.FirstThat(
      [search](const Run& run) { return run.end > search->start; });
  for (; i < runs_.size() && runs_[i].start() < search->end; ++i) {
    Count(runs_[i].start(), runs_[i].end, runs_[i].state(), search);
  }
}

bool ResidentPages::KeepMappings(size_t most_runs) {
  MappingList mappings;
  Mapping mapping;
  if (pagemap_ < 0 || !mappings.Open()) return false;
  while (mappings.Next(&mapping)) {
    if (mapping.is_readable && !KeepMapping(mapping, most_runs)) return false;
  }
  return true;
}

bool ResidentPages::KeepMapping(const Mapping& mapping, size_t most_runs) {
  const auto keep = [&](uintptr_t page, State state) {
    if (state == kAbsent) return true;
    Run* last = runs_.empty() ? nullptr : &runs_[runs_.size() - 1];
    if (last != nullptr && last->end == page && last->state() == state) {
      last->end += page_bytes_;
      return true;
    }
    return runs_.size() < most_runs &&
           runs_.Append({page | uintptr_t{state}, page + page_bytes_});
  };
  return VisitPages(mapping.start, mapping.end, keep);
}

}  // namespace heapgrind
