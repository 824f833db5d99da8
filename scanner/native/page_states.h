// What the kernel says of single pages of anonymous memory.

#ifndef HEAPGRIND_SCANNER_NATIVE_PAGE_STATES_H_
#define HEAPGRIND_SCANNER_NATIVE_PAGE_STATES_H_

#include <cstddef>
#include <cstdint>

namespace heapgrind {

// (/proc/self/pagemap: Linux, Documentation/admin-guide/mm/pagemap.rst.)  Where
// the system does not tell, all pages are there.
class PageStates {
 public:
  PageStates();
  PageStates(const PageStates&) = delete;
  PageStates& operator=(const PageStates&) = delete;
  ~PageStates();

  // False for a page that was never written: to read it would cost an entry in
  // the page table.
  bool IsPresent(uintptr_t page_number);

  // True for one that faults although it is mapped to be read, as glibc from
  // 2.42 on makes the ends of stacks (madvise(2), MADV_GUARD_INSTALL).
  bool IsGuard(uintptr_t page_number);

 private:
  static constexpr size_t kEntries = 512;

  uint64_t EntryOf(uintptr_t page_number);
  bool Read(uintptr_t page_number);

  const int fd_;
  uintptr_t first_ = 0;
  size_t num_entries_ = 0;
  uint64_t entries_[kEntries];
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_NATIVE_PAGE_STATES_H_
