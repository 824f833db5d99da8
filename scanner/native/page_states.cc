#ifndef _FILE_OFFSET_BITS
#define _FILE_OFFSET_BITS 64
#endif
#include "native/page_states.h"

#include <fcntl.h>
#include <unistd.h>

#include "surroundings.h"

namespace heapgrind {
namespace {

constexpr uint64_t kPresent = uint64_t{1} << 63;
constexpr uint64_t kSwapped = uint64_t{1} << 62;
constexpr uint64_t kGuard = uint64_t{1} << 58;  // From Linux 6.15 on.
// Before that, a guard is swapped out to where no device is.
constexpr uint64_t kSwapType = 31;

bool IsGuardEntry(uint64_t entry) {
  return (entry & kGuard) != 0 ||
         ((entry & kSwapped) != 0 && (entry & kSwapType) == kSwapType);
}

}  // namespace

PageStates::PageStates()
    : fd_(open("/proc/self/pagemap", O_RDONLY | O_CLOEXEC)) {}

PageStates::~PageStates() {
  if (fd_ >= 0) close(fd_);
}

bool PageStates::IsPresent(uintptr_t page_number) {
  const uint64_t entry = EntryOf(page_number);
  return (entry & (kPresent | kSwapped)) != 0 && !IsGuardEntry(entry);
}

bool PageStates::IsGuard(uintptr_t page_number) {
  return IsGuardEntry(EntryOf(page_number));
}

uint64_t PageStates::EntryOf(uintptr_t page_number) {
  if (fd_ < 0) return kPresent;
  const bool is_there =
      page_number - first_ < num_entries_ || Read(page_number);
  return is_there ? entries_[page_number - first_] : kPresent;
}

bool PageStates::Read(uintptr_t page_number) {
  hg_note_progress();
  const ssize_t bytes =
      pread(fd_, entries_, sizeof entries_,
            static_cast<off_t>(uint64_t{page_number} * sizeof entries_[0]));
  first_ = page_number;
  num_entries_ = bytes <= 0 ? 0 : bytes / sizeof entries_[0];
  return num_entries_ > 0;
}

}  // namespace heapgrind
