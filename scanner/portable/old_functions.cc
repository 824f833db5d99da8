// What the module would take of a newer C library than it wants
// (old_symbols.h), of libstdc++'s exceptions, which want one, and of nothing
// else.

#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>

#if defined(__GLIBC__) && defined(__x86_64__)
#if __GLIBC_PREREQ(2, 33)

// Functions since glibc 2.33; before, headers made them out of others.  On this
// architecture the kernel's struct is the library's.

extern "C" {

int stat64(const char* path, struct stat64* status) noexcept {
  return static_cast<int>(syscall(SYS_stat, path, status));
}

int lstat64(const char* path, struct stat64* status) noexcept {
  return static_cast<int>(syscall(SYS_lstat, path, status));
}

int fstat64(int fd, struct stat64* status) noexcept {
  return static_cast<int>(syscall(SYS_fstat, fd, status));
}

int fstatat64(int fd, const char* path, struct stat64* status,
              int flags) noexcept {
  return static_cast<int>(syscall(SYS_newfstatat, fd, path, status, flags));
}

}  // extern "C"

#endif
#endif

// std::to_chars of a double in its shortest form, all that is used of
// libstdc++, shares a file with code that throws this and frees a string.

namespace std {
[[noreturn]] void __throw_out_of_range_fmt(const char*, ...) { abort(); }
}  // namespace std

void operator delete(void*) noexcept { abort(); }
void operator delete(void*, std::size_t) noexcept { abort(); }
