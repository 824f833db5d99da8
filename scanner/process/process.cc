// The functions of surroundings.h that ask this process, for the extension
// module: the system, the dynamic linker and the allocators.

#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // dl_iterate_phdr, RTLD_DEFAULT
#endif
#include <dlfcn.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>

#include "cpython/compat.h"
#include "memory/mapping_list.h"
#include "process/malloc_bytes.h"
#include "process/resident_bytes.h"
#include "process/small_file.h"
#include "surroundings.h"

namespace heapgrind {
namespace {

// What mallinfo2 and mallinfo of glibc return (mallinfo(3)).
template <typename Number>
struct MallocFigures {
  Number arena, ordblks, smblks, hblks, hblkhd, usmblks, fsmblks, uordblks,
      fordblks, keepcost;
};

// Asks the function of that name, if the process has one; whether it has.
template <typename Number>
bool AskMalloc(const char* name, hg_process* process) {
  using Function = MallocFigures<Number>();
  const auto ask = reinterpret_cast<Function*>(dlsym(RTLD_DEFAULT, name));
  if (ask == nullptr) return false;
  const MallocFigures<Number> figures = ask();
  process->malloc_used = figures.uordblks;
  process->malloc_free = figures.fordblks;
  process->malloc_mapped = figures.hblkhd;
  process->malloc_fast = figures.fsmblks;
  process->malloc_is_narrow = sizeof(Number) < sizeof(size_t);
  return true;
}

// glibc sums over its heaps; `uordblks` are bytes in use, with the headers of
// the blocks, `fordblks` free ones, `fsmblks` those of them that are in
// fastbins, `hblkhd` blocks with a mapping each.  Before 2.33 the numbers are
// of 32 bits, and right below 4 GiB.
void ReadMalloc(hg_process* process) {
  AskMalloc<size_t>("mallinfo2", process) ||
      AskMalloc<unsigned>("mallinfo", process);
}

uint64_t SwappedBytes() {
  char text[8192];
  if (!ReadSmallFile("/proc/self", "status", text, sizeof text)) return 0;
  return NumberOfKey(text, "VmSwap") * 1024;
}

}  // namespace

// The second number of /proc/self/statm is resident pages.
uint64_t ResidentBytes() {
  char text[128];
  if (!ReadSmallFile("/proc/self", "statm", text, sizeof text)) return 0;
  char* second = nullptr;
  strtoull(text, &second, 10);
  return strtoull(second, nullptr, 10) * sysconf(_SC_PAGESIZE);
}

uint64_t MallocBytes() {
  hg_process process = {};
  ReadMalloc(&process);
  return process.malloc_used + process.malloc_mapped;
}

}  // namespace heapgrind

// Wants the GIL, and for a moment the allocators' locks.
hg_process hg_read_process(void) {
  hg_process process = {};
  process.pid = static_cast<uint64_t>(getpid());
  process.time = static_cast<uint64_t>(time(nullptr));
  process.resident = heapgrind::ResidentBytes();
  process.swapped = heapgrind::SwappedBytes();
  heapgrind::ReadMalloc(&process);
  hg_read_pymalloc(fmemopen, fclose, &process);
  return process;
}

// hg_read_process has asked, before there was a copy.
void hg_add_pymalloc(hg_process*) {}

const char* hg_stopped_where(void) { return nullptr; }

void hg_visit_images(int (*visit)(struct dl_phdr_info* image, size_t size,
                                  void* context),
                     void* context) {
  dl_iterate_phdr(visit, context);
}

// Only pages that are on the disk can be given back.
void hg_give_back_cache(int fd) {
  sync_file_range(fd, 0, 0,
                  SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE |
                      SYNC_FILE_RANGE_WAIT_AFTER);
  posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
}

// Asked only of types that were never made ready, which live objects have not.
int hg_is_program_file(const void*) { return 0; }

int hg_is_mapped(const void* address) {
  const uintptr_t page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
  const uintptr_t place = reinterpret_cast<uintptr_t>(address);
  unsigned char is_resident;
  return mincore(reinterpret_cast<void*>(place & ~(page - 1)), 1,
                 &is_resident) == 0;
}

namespace {

hg_range_test knows_readable = nullptr;
const void* known_readable = nullptr;

}  // namespace

void hg_use_readable(hg_range_test is_readable, const void* context) {
  knows_readable = is_readable;
  known_readable = context;
}

// Whether mappings that may be read hold the whole range.
int hg_is_readable(uintptr_t start, size_t bytes) {
  const uintptr_t end = start + bytes;
  if (end < start) return false;
  if (knows_readable != nullptr) {
    return knows_readable(known_readable, start, bytes);
  }
  heapgrind::MappingList mappings;
  heapgrind::Mapping mapping;
  if (!mappings.Open()) return false;
  while (start < end && mappings.Next(&mapping)) {
    if (mapping.end <= start) continue;
    if (mapping.start > start || !mapping.is_readable) return false;
    start = mapping.end;
  }
  return start >= end;
}

int hg_visit_mappings(int (*visit)(const hg_mapping* mapping, void* context),
                      void* context) {
  heapgrind::MappingList mappings;
  heapgrind::Mapping found;
  if (!mappings.Open()) return 0;
  while (mappings.Next(&found)) {
    const hg_mapping mapping = {found.start, found.end,
                                (found.is_readable ? PROT_READ : 0) |
                                    (found.is_writable ? PROT_WRITE : 0) |
                                    (found.is_executable ? PROT_EXEC : 0),
                                found.is_file, found.is_shared};
    if (visit(&mapping, context) != 0) break;
  }
  return 1;
}
