#include "memory/memory_reserve.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cstddef>

namespace heapgrind {
namespace {

// An arena of Python (1 MiB), a compressor (1.4 MB) and its library (1 MB), a
// scan (300 KB), twice.
constexpr size_t kReserveBytes = size_t{8} << 20;
constexpr rlim_t kFixedBytes = 2 * kReserveBytes;

void* reserve = nullptr;  // Guarded by the GIL, or ScanLock.

struct MappedBytes {
  rlim_t all;   // What RLIMIT_AS limits.
  rlim_t data;  // What RLIMIT_DATA limits.
};

// All zero if the system does not say.  proc(5), statm.
MappedBytes ReadMappedBytes() {
  char text[256] = {};
  const int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
  if (fd < 0) return {0, 0};
  const ssize_t length = read(fd, text, sizeof text - 1);
  close(fd);
  unsigned long pages = 0, data_pages = 0;
  if (length <= 0 ||
      sscanf(text, "%lu %*u %*u %*u %*u %lu", &pages, &data_pages) != 2) {
    return {0, 0};
  }
  const rlim_t page_bytes = sysconf(_SC_PAGESIZE);
  return {pages * page_bytes, data_pages * page_bytes};
}

bool IsClose(int limited, rlim_t mapped, rlim_t needed) {
  struct rlimit limit;
  if (getrlimit(limited, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) {
    return false;
  }
  return limit.rlim_cur < mapped + needed;
}

}  // namespace

bool IsMemoryScarce() {
  if (!IsClose(RLIMIT_AS, RLIM_INFINITY / 2, 0) &&
      !IsClose(RLIMIT_DATA, RLIM_INFINITY / 2, 0)) {
    return false;  // There is no limit to be close to.
  }
  const MappedBytes mapped = ReadMappedBytes();
  const rlim_t needed = mapped.all / 32 + kFixedBytes;
  return IsClose(RLIMIT_AS, mapped.all, needed) ||
         IsClose(RLIMIT_DATA, mapped.data, needed);
}

void ReleaseReserve() {
  if (reserve != nullptr) munmap(reserve, kReserveBytes);
  reserve = nullptr;
}

void MakeRoom() {
  if (IsMemoryScarce()) return ReleaseReserve();
  if (reserve != nullptr) return;
  void* memory = mmap(nullptr, kReserveBytes, PROT_READ | PROT_WRITE,
                      MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  reserve = memory == MAP_FAILED ? nullptr : memory;
}

}  // namespace heapgrind
