#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // syscall
#endif
#define _FILE_OFFSET_BITS 64
#include "dump_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>

namespace heapgrind {
namespace {

// Where a chain of links ends; `path` itself if it is none, or leads nowhere.
int ResolveLinks(const char* path, char resolved[PATH_MAX]) {
  struct stat status;
  if (lstat(path, &status) == 0 && S_ISLNK(status.st_mode) &&
      realpath(path, resolved) != nullptr) {
    return 0;
  }
  const size_t length = strlen(path);
  if (length >= PATH_MAX) return ENAMETOOLONG;
  memcpy(resolved, path, length + 1);
  return 0;
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
  struct stat status;
  const bool is_there = stat(path, &status) == 0;
  if (is_there && S_ISDIR(status.st_mode)) return EISDIR;
  if (is_there && !S_ISREG(status.st_mode)) {
    fd_ = open(path, O_WRONLY | O_CLOEXEC);
    is_own_ = fd_ >= 0;
    return fd_ < 0 ? errno : 0;
  }
  if (is_there && if_there == IfThere::kKeep) return EEXIST;
  int error = ResolveLinks(path, target_);
  if (error == 0) error = OpenPart();
  if (error != 0) *part_ = '\0';
  if (error != 0 || if_there == IfThere::kReplace) return error;
  // Its other writer may have ended before the part was ours.
  if (lstat(target_, &status) != 0) return 0;
  Discard();
  return EEXIST;
}

// The part of a file that must not be there yet has one name, whoever writes
// it: it also keeps others away from the file's name.
int DumpFile::OpenPart() {
  static std::atomic<unsigned> num_parts{0};
  while (true) {
    const int error = FormatPart(++num_parts);
    if (error != 0) return error;
    fd_ = open(part_, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    is_own_ = fd_ >= 0;
    if (fd_ >= 0) return 0;
    if (errno != EEXIST || if_there_ == IfThere::kKeep) return errno;
  }
}

int DumpFile::FormatPart(unsigned number) {
  const char* slash = strrchr(target_, '/');
  const char* name = slash == nullptr ? target_ : slash + 1;
  const int directory = static_cast<int>(name - target_);
  const int length =
      if_there_ == IfThere::kKeep
          ? snprintf(part_, sizeof part_, "%.*s.%s.part", directory, target_,
                     name)
          : snprintf(part_, sizeof part_, "%.*s.%s.%d-%u.part", directory,
                     target_, name, static_cast<int>(getpid()), number);
  return length < PATH_MAX ? 0 : ENAMETOOLONG;
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
