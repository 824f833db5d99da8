#include "process/readable_pages.h"

#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace heapgrind {
namespace {

// rt_sigprocmask(2) reads the new mask before it looks at what to do with that,
// which is nothing here: EFAULT or EINVAL.  No filter of system calls forbids
// it.
bool CanReadWord(uintptr_t address) {
  constexpr long kNothing = -1;
  const int saved_errno = errno;
  const long result =
      syscall(SYS_rt_sigprocmask, kNothing, address, nullptr, sizeof(uint64_t));
  const bool is_readable = result == 0 || errno != EFAULT;
  errno = saved_errno;
  return is_readable;
}

}  // namespace

ReadablePages::ReadablePages()
    : page_size_(static_cast<uintptr_t>(sysconf(_SC_PAGESIZE))) {}

bool ReadablePages::HasPage(uintptr_t page) {
  if (page == 0) return false;  // For the kernel it would be no mask.
  uintptr_t& kept = kept_[page / page_size_ % kKept];
  if (kept == page) return true;
  if (!CanReadWord(page)) return false;
  kept = page;
  return true;
}

bool ReadablePages::Has(uintptr_t start, size_t bytes) {
  if (bytes == 0) return true;
  const uintptr_t last = start + (bytes - 1);
  if (last < start) return false;
  uintptr_t page = start & ~(page_size_ - 1);
  for (; page <= last && HasPage(page); page += page_size_) {
    if (last - page < page_size_) return true;
  }
  return false;
}

int ReadablePages::Test(const void* pages, uintptr_t start, size_t bytes) {
  return static_cast<ReadablePages*>(const_cast<void*>(pages))
      ->Has(start, bytes);
}

}  // namespace heapgrind
