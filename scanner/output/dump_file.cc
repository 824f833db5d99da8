#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // syscall
#endif
#define _FILE_OFFSET_BITS 64
#include "output/dump_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>

#include "output/path_walk.h"

namespace heapgrind {
namespace {

// The descriptor of this process that a name in /proc/self/fd stands for; -1 if
// the name is none of those.
int OwnDescriptor(const PathWalk& walk) {
  struct stat folder, own;
  if (!walk.is_opaque() || fstat(walk.folder(), &folder) != 0 ||
      stat("/proc/self/fd", &own) != 0 || folder.st_ino != own.st_ino ||
      folder.st_dev != own.st_dev) {
    return -1;
  }
  return atoi(walk.name());
}

// What is written to as it is.
bool IsSpecial(const PathWalk& walk) {
  return walk.is_there() &&
         (walk.is_opaque() || !S_ISREG(walk.status().st_mode));
}

// Returns 0 or an errno.
int CheckSpecial(const PathWalk& walk) {
  if (OwnDescriptor(walk) >= 0) return 0;
  if (S_ISSOCK(walk.status().st_mode)) return ENXIO;
  return faccessat(walk.folder(), walk.name(), W_OK, 0) == 0 ? 0 : errno;
}

bool IsSame(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

// Renames, unless there is a file of the new name.
int RenameToNew(const char* old_path, const char* new_path) {
#ifdef SYS_renameat2
  constexpr unsigned kNoReplace = 1;  // linux/fs.h, RENAME_NOREPLACE.
  if (syscall(SYS_renameat2, AT_FDCWD, old_path, AT_FDCWD, new_path,
              kNoReplace) == 0) {
    return 0;
  }
  if (errno != ENOSYS && errno != EINVAL) return errno;
#endif
  // Not all kernels and file systems can: a second name takes none's place.
  if (link(old_path, new_path) != 0) return errno;
  unlink(old_path);
  return 0;
}

}  // namespace

int DumpFile::Open(const char* path, IfThere if_there) {
  if_there_ = if_there;
  PathWalk walk;
  const int error = walk.Go(path);
  is_foreign_ = walk.is_foreign();
  if (error != 0) return error;
  return IsSpecial(walk) ? OpenSpecial(walk) : OpenNew(walk);
}

int DumpFile::Check(const char* path, IfThere if_there) {
  if_there_ = if_there;
  PathWalk walk;
  int error = walk.Go(path);
  is_foreign_ = walk.is_foreign();
  if (error != 0) return error;
  if (IsSpecial(walk)) return CheckSpecial(walk);
  error = OpenNew(walk);
  if (error != 0) return error;
  static constexpr char kBlock[4096] = {};
  if (write(fd_, kBlock, sizeof kBlock) < 0) error = errno;
  const int close_error = Close();
  Discard();
  return error != 0 ? error : close_error;
}

void DumpFile::Borrow(int fd) {
  fd_ = fd;
  start_ = lseek(fd, 0, SEEK_CUR);
}

// A device, a pipe or a descriptor of this process.
int DumpFile::OpenSpecial(const PathWalk& walk) {
  const int own = OwnDescriptor(walk);
  fd_ = own >= 0 ? fcntl(own, F_DUPFD_CLOEXEC, 0)
                 : openat(walk.folder(), walk.name(),
                          O_WRONLY | O_NOCTTY | O_CLOEXEC |
                              (walk.is_opaque() ? 0 : O_NOFOLLOW));
  if (fd_ < 0) return errno;
  is_own_ = true;
  start_ = lseek(fd_, 0, SEEK_CUR);
  struct stat opened;
  if (fstat(fd_, &opened) == 0 && IsSame(opened, walk.status())) return 0;
  Close();  // It was something else when it was looked at.
  is_foreign_ = true;
  return EACCES;
}

int DumpFile::OpenNew(const PathWalk& walk) {
  if (walk.is_there() && if_there_ == IfThere::kKeep) return EEXIST;
  strcpy(target_, walk.path());
  int error = OpenPart(walk);
  if (error != 0) *part_ = '\0';
  if (error != 0 || if_there_ == IfThere::kReplace) return error;
  // Its other writer may have ended before the part was ours.
  struct stat status;
  if (lstat(target_, &status) != 0) return 0;
  Close();
  Discard();
  return EEXIST;
}

// The part of a file that must not be there yet has one name, whoever writes
// it: it also keeps others away from the file's name.
int DumpFile::OpenPart(const PathWalk& walk) {
  static std::atomic<unsigned> num_parts{0};
  while (true) {
    const int error = FormatPart(++num_parts);
    if (error != 0) return error;
    fd_ = openat(walk.folder(), strrchr(part_, '/') + 1,
                 O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    is_own_ = fd_ >= 0;
    if (fd_ >= 0) break;
    if (errno != EEXIST || if_there_ == IfThere::kKeep) return errno;
  }
  start_ = 0;
  fchmod(fd_, 0600);  // Whatever the umask has left of it.
  return 0;
}

int DumpFile::FormatPart(unsigned number) {
  const char* name = strrchr(target_, '/') + 1;
  const int directory = static_cast<int>(name - target_);
  const int length =
      if_there_ == IfThere::kKeep
          ? snprintf(part_, sizeof part_, "%.*s.%s.part", directory, target_,
                     name)
          : snprintf(part_, sizeof part_, "%.*s.%s.%d-%u.part", directory,
                     target_, name, static_cast<int>(getpid()), number);
  return length < PATH_MAX ? 0 : ENAMETOOLONG;
}

int DumpFile::Rewind() {
  struct stat status;
  if (start_ < 0 || fstat(fd_, &status) != 0 || !S_ISREG(status.st_mode)) {
    return ESPIPE;
  }
  const bool is_rewound =
      ftruncate(fd_, start_) == 0 && lseek(fd_, start_, SEEK_SET) == start_;
  return is_rewound ? 0 : ESPIPE;
}

int DumpFile::Close() {
  const int error = is_own_ && close(fd_) != 0 ? errno : 0;
  is_own_ = false;
  fd_ = -1;
  return error;
}

int DumpFile::Commit() const {
  if (*part_ == '\0') return 0;
  if (if_there_ == IfThere::kKeep) return RenameToNew(part_, target_);
  return rename(part_, target_) == 0 ? 0 : errno;
}

void DumpFile::Discard() const {
  if (*part_ != '\0') unlink(part_);
}

}  // namespace heapgrind
