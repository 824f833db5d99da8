// Which pages of this process may be read, asked of the kernel page by page.
//
// It takes a system call for each page that was not asked for before, where
// hg_is_readable reads the whole table of mappings each time; and it holds for
// as long as nothing is unmapped, so not for long.

#ifndef HEAPGRIND_SCANNER_PROCESS_READABLE_PAGES_H_
#define HEAPGRIND_SCANNER_PROCESS_READABLE_PAGES_H_

#include <cstddef>
#include <cstdint>

namespace heapgrind {

class ReadablePages {
 public:
  ReadablePages();

  // True if the whole range may be read.  Changes no errno.
  bool Has(uintptr_t start, size_t bytes);

  // An hg_range_test, whose context is one of these.
  static int Test(const void* pages, uintptr_t start, size_t bytes);

 private:
  static constexpr size_t kKept = 64;

  bool HasPage(uintptr_t page);

  uintptr_t page_size_;
  uintptr_t kept_[kKept] = {};  // Readable pages, each at its place; 0: none.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_PROCESS_READABLE_PAGES_H_
