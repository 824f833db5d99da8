// Which bytes of this process are there: resident, or swapped out.
//
// A block that was asked for need not be there.  Large files are mapped and
// read in part, np.zeros gives pages that nobody has written to.  The kernel
// tells it page by page (/proc/self/pagemap: Linux,
// Documentation/admin-guide/mm/pagemap.rst): 8 bytes a page, 2 MB for a GB.
//
// A page of zeros that was read and never written is the kernel's own, which
// all processes share.  It looks present, and is not counted, as VmRSS does not
// count it.  Before Linux 6.7, and in the copy that an earlier question is kept
// for, neither is a page of zeros that was written and is shared by a fork.

#ifndef HEAPGRIND_SCANNER_MEMORY_RESIDENT_PAGES_H_
#define HEAPGRIND_SCANNER_MEMORY_RESIDENT_PAGES_H_

#include <cstddef>
#include <cstdint>

#include "memory/mapped_array.h"
#include "memory/mapping_list.h"

namespace heapgrind {

// Bytes.
struct PresentBytes {
  uint64_t present;  // With those swapped out.
  uint64_t swapped;
};

class ResidentPages {
 public:
  // Smaller blocks are not worth the question.
  static constexpr size_t kLeastBytes = size_t{1} << 17;

  ResidentPages() = default;
  ResidentPages(const ResidentPages&) = delete;
  ResidentPages& operator=(const ResidentPages&) = delete;
  ~ResidentPages() { Close(); }

  // Opens what the kernel tells.  Without it, and where the system does not
  // allow it, nothing is known.
  void Open();

  // Asks for all mappings now, for a forked copy to know: in the copy pages
  // differ, files that it maps seem to be absent.  Keeps 16 bytes for each
  // stretch of pages, at most `most_runs`; if there are more, nothing is known.
  void Keep(size_t most_runs);

  // How much of a range is there; false if it is not known.
  bool Find(uintptr_t start, size_t bytes, PresentBytes* result);

 private:
  // kShared: present, or the kernel's page of zeros.
  enum State : uint8_t { kAbsent, kPresent, kSwapped, kShared };

  // Pages of one state, in the order of their addresses.  Pages begin at
  // multiples of more than the states are.
  struct Run {
    uintptr_t start_and_state;
    uintptr_t end;
    State state() const { return static_cast<State>(start_and_state & 3); }
    uintptr_t start() const { return start_and_state & ~uintptr_t{3}; }
  };

  // The range that is asked for, and what is found of it.
  struct Search {
    uintptr_t start;
    uintptr_t end;
    PresentBytes found;
    bool is_readable;
    bool knows_readable;
  };

  static constexpr size_t kEntries = 2048;  // Read at once.

  template <typename Visit>
  bool VisitPages(uintptr_t start, uintptr_t end, const Visit& visit);
  void Count(uintptr_t start, uintptr_t end, State state, Search* search);
  void CountShared(uintptr_t start, uintptr_t end, Search* search);
  bool IsKernels(uintptr_t page);
  bool KeepMapping(const Mapping& mapping, size_t most_runs);
  bool KeepMappings(size_t most_runs);
  void CountRuns(Search* search);
  void Close();

  int pagemap_ = -1;  // Descriptor.
  bool is_kept_ = false;
  uintptr_t page_bytes_ = 0;
  MappedArray<Run> runs_;
  uint64_t entries_[kEntries];
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_MEMORY_RESIDENT_PAGES_H_
