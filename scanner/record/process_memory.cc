#include "record/process_memory.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <cstdlib>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "cpython/compat.h"

namespace heapgrind {
namespace {

// glibc sums over its heaps; `uordblks` are bytes in use, with the headers of
// the blocks, `fordblks` free ones, `hblkhd` blocks with a mapping each
// (mallinfo(3)).  Before 2.33 the numbers are of 32 bits, and right below
// 4 GiB.
void ReadMalloc(ProcessMemory* memory) {
#ifdef __GLIBC__
#if __GLIBC_PREREQ(2, 33)
  const struct mallinfo2 figures = mallinfo2();
  memory->malloc_used = figures.uordblks;
  memory->malloc_free = figures.fordblks;
  memory->malloc_mapped = figures.hblkhd;
#else
  const struct mallinfo figures = mallinfo();
  memory->malloc_used = static_cast<unsigned>(figures.uordblks);
  memory->malloc_free = static_cast<unsigned>(figures.fordblks);
  memory->malloc_mapped = static_cast<unsigned>(figures.hblkhd);
#endif
#else
  (void)memory;
#endif
}

ProcessMemory ReadProcessMemory() {
  ProcessMemory memory = {};
  memory.resident = ResidentBytes();
  ReadMalloc(&memory);
  const hg_pymalloc_figures pymalloc = hg_read_pymalloc();
  memory.pymalloc_arenas = pymalloc.arenas;
  memory.pymalloc_used = pymalloc.used;
  memory.pymalloc_free = pymalloc.free;
  return memory;
}

}  // namespace

// The second number of /proc/self/statm is resident pages.
uint64_t ResidentBytes() {
  const int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return 0;
  char text[128];
  const ssize_t length = read(fd, text, sizeof text - 1);
  close(fd);
  if (length <= 0) return 0;
  text[length] = '\0';
  char* second = nullptr;
  strtoull(text, &second, 10);
  return strtoull(second, nullptr, 10) * sysconf(_SC_PAGESIZE);
}

ScannedProcess ReadProcess() {
  return {static_cast<uint64_t>(getpid()), static_cast<uint64_t>(time(nullptr)),
          ReadProcessMemory()};
}

}  // namespace heapgrind
