/* The system calls that the scanner makes, by their usual names, without a C
   library: x86-64 only.

   New memory is asked for beyond the blob, one mapping after the other, so that
   the holes of the copied address space stay as they are. */

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "blob/input.h"

enum { kPageBytes = 4096, kTries = 16 };

static int error_number;

int *__errno_location(void) { return &error_number; }

long hg_call(long number, long a, long b, long c, long d, long e, long f) {
  register long r10 __asm__("r10") = d;
  register long r8 __asm__("r8") = e;
  register long r9 __asm__("r9") = f;
  long result;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8),
                     "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}

/* -1 with errno for what the kernel calls an error. */
static long result_of(long result) {
  if (result >= 0 || result < -4095) return result;
  error_number = (int)-result;
  return -1;
}

void hg_exit(int status) {
  for (;;) hg_call(SYS_exit_group, status, 0, 0, 0, 0, 0);
}

int open(const char *path, int flags, ...) {
  return (int)result_of(hg_call(SYS_open, (long)path, flags, 0, 0, 0, 0));
}

int close(int fd) {
  return (int)result_of(hg_call(SYS_close, fd, 0, 0, 0, 0, 0));
}

ssize_t read(int fd, void *to, size_t bytes) {
  return result_of(hg_call(SYS_read, fd, (long)to, (long)bytes, 0, 0, 0));
}

ssize_t write(int fd, const void *from, size_t bytes) {
  return result_of(hg_call(SYS_write, fd, (long)from, (long)bytes, 0, 0, 0));
}

int ioctl(int fd, unsigned long request, ...) {
  va_list more;
  va_start(more, request);
  const long argument = va_arg(more, long);
  va_end(more);
  return (int)result_of(
      hg_call(SYS_ioctl, fd, (long)request, argument, 0, 0, 0));
}

ssize_t pread(int fd, void *to, size_t bytes, off_t offset) {
  return result_of(
      hg_call(SYS_pread64, fd, (long)to, (long)bytes, offset, 0, 0));
}

long sysconf(int name) { return name == _SC_PAGESIZE ? kPageBytes : -1; }

/* Where the next mapping goes. */
static uintptr_t next_place;

static uintptr_t take_place(size_t bytes) {
  const uintptr_t kGap = (uintptr_t)1 << 32; /* For what maps the blob. */
  if (next_place == 0) {
    next_place = ((uintptr_t)&next_place & ~(uintptr_t)(kPageBytes - 1)) + kGap;
  }
  const uintptr_t place = next_place;
  next_place += (bytes + 2 * kPageBytes - 1) & ~(size_t)(kPageBytes - 1);
  return place;
}

/* Anonymous memory at a place of our own. */
void *mmap(void *address, size_t bytes, int protection, int flags, int fd,
           off_t offset) {
  long result = -ENOMEM;
  (void)address;
  for (int i = 0; i < kTries; ++i) {
    result = hg_call(SYS_mmap, (long)take_place(bytes), (long)bytes, protection,
                     flags | MAP_FIXED_NOREPLACE, fd, offset);
    if (result != -EEXIST) break;
    next_place += (uintptr_t)1 << 36;
  }
  return (void *)result_of(result);
}

int munmap(void *address, size_t bytes) {
  return (int)result_of(
      hg_call(SYS_munmap, (long)address, (long)bytes, 0, 0, 0, 0));
}

void *mremap(void *address, size_t old_bytes, size_t new_bytes, int flags,
             ...) {
  return (void *)result_of(hg_call(SYS_mremap, (long)address, (long)old_bytes,
                                   (long)new_bytes, flags | MREMAP_FIXED,
                                   (long)take_place(new_bytes), 0));
}

/* The same with 64-bit offsets, which all have here. */
int open64(const char *path, int flags, ...) __attribute__((alias("open")));
void *mmap64(void *address, size_t bytes, int protection, int flags, int fd,
             off_t offset) __attribute__((alias("mmap")));
ssize_t pread64(int fd, void *to, size_t bytes, off_t offset)
    __attribute__((alias("pread")));
