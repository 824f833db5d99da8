/* What glibc 2.31 lacks of what programs for 2.36 call: loaded before them in
   the root of an old Debian (old_pythons.py). */

#define _GNU_SOURCE
#include <errno.h>
#include <sys/syscall.h>
#include <unistd.h>

struct stat;

#define STAT(name, ...) int name(__VA_ARGS__, struct stat *status)

STAT(stat, const char *path) { return (int)syscall(SYS_stat, path, status); }
STAT(stat64, const char *path) { return (int)syscall(SYS_stat, path, status); }
STAT(lstat, const char *path) { return (int)syscall(SYS_lstat, path, status); }
STAT(lstat64, const char *path) {
  return (int)syscall(SYS_lstat, path, status);
}
STAT(fstat, int fd) { return (int)syscall(SYS_fstat, fd, status); }
STAT(fstat64, int fd) { return (int)syscall(SYS_fstat, fd, status); }

int fstatat(int fd, const char *path, struct stat *status, int flags) {
  return (int)syscall(SYS_newfstatat, fd, path, status, flags);
}

int fstatat64(int fd, const char *path, struct stat *status, int flags) {
  return (int)syscall(SYS_newfstatat, fd, path, status, flags);
}

int mknod(const char *path, unsigned mode, unsigned long device) {
  return (int)syscall(SYS_mknod, path, mode, device);
}

int mknodat(int fd, const char *path, unsigned mode, unsigned long device) {
  return (int)syscall(SYS_mknodat, fd, path, mode, device);
}

int close_range(unsigned first, unsigned last, int flags) {
  (void)first, (void)last, (void)flags;
  errno = ENOSYS;
  return -1;
}
