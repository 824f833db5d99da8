#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // O_PATH
#endif
#define _FILE_OFFSET_BITS 64
#include "output/path_walk.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/vfs.h>
#include <unistd.h>

namespace heapgrind {
namespace {

constexpr long kProcMagic = 0x9fa0;  // linux/magic.h, PROC_SUPER_MAGIC.

bool IsDots(const char* name) {
  return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

bool IsSticky(const struct stat& folder) {
  return (folder.st_mode & S_ISVTX) != 0 &&
         (folder.st_mode & (S_IWGRP | S_IWOTH)) != 0;
}

}  // namespace

PathWalk::~PathWalk() {
  if (folder_ >= 0) close(folder_);
}

int PathWalk::Go(const char* path) {
  int error = Begin(path);
  while (error == 0) {
    if (!TakeName()) return *name_ != '\0' ? ENAMETOOLONG : EISDIR;
    if (fstat(folder_, &folder_status_) != 0) return errno;
    is_there_ = fstatat(folder_, name_, &status_, AT_SYMLINK_NOFOLLOW) == 0;
    if (!is_there_ && (errno != ENOENT || !is_last_)) return errno;
    if (is_there_ && S_ISLNK(status_.st_mode) && !IsOnProc()) {
      error = FollowLink();
    } else if (is_last_) {
      return Finish();
    } else {
      error = IsOnProc() ? Enter(0) : Enter(O_NOFOLLOW);
    }
  }
  return error;
}

int PathWalk::Begin(const char* path) {
  if (*path == '\0') return ENOENT;
  if (strlen(path) >= sizeof rest_) return ENAMETOOLONG;
  strcpy(rest_, path);
  if (*path == '/') return EnterRoot();
  if (getcwd(path_, sizeof path_) == nullptr) return errno;
  if (strcmp(path_, "/") == 0) *path_ = '\0';
  folder_ = open(".", O_PATH | O_DIRECTORY | O_CLOEXEC);
  return folder_ < 0 ? errno : 0;
}

int PathWalk::EnterRoot() {
  *path_ = '\0';
  if (folder_ >= 0) close(folder_);
  folder_ = open("/", O_PATH | O_DIRECTORY | O_CLOEXEC);
  return folder_ < 0 ? errno : 0;
}

// Moves the next name from rest_ to name_.  False if there is none, with an
// empty name, or if it is too long.
bool PathWalk::TakeName() {
  const char* start = rest_ + strspn(rest_, "/");
  const size_t length = strcspn(start, "/");
  const bool fits = length < sizeof name_;
  const size_t taken = fits ? length : sizeof name_ - 1;
  memcpy(name_, start, taken);
  name_[taken] = '\0';
  is_last_ = start[length] == '\0' && !IsDots(name_);
  memmove(rest_, start + length, strlen(start + length) + 1);
  return fits && length > 0;
}

// Adds the name to the path, which has no links.  False if it has no room.
bool PathWalk::AddToPath() {
  if (strcmp(name_, ".") == 0) return true;
  if (strcmp(name_, "..") == 0) {
    char* slash = strrchr(path_, '/');
    if (slash != nullptr) *slash = '\0';
    return true;
  }
  const size_t length = strlen(path_);
  if (length + 1 + strlen(name_) >= sizeof path_) return false;
  path_[length] = '/';
  strcpy(path_ + length + 1, name_);
  return true;
}

int PathWalk::Enter(int flags) {
  const int next =
      openat(folder_, name_, O_PATH | O_DIRECTORY | O_CLOEXEC | flags);
  if (next < 0) return errno;
  close(folder_);
  folder_ = next;
  return AddToPath() ? 0 : ENAMETOOLONG;
}

// Puts what the link says before the rest.
int PathWalk::FollowLink() {
  if (!MayFollow()) {
    is_foreign_ = true;
    return EACCES;
  }
  if (++num_links_ > kMostLinks) return ELOOP;
  char target[PATH_MAX];
  const ssize_t length = readlinkat(folder_, name_, target, sizeof target);
  if (length < 0) return errno;
  const size_t rest_bytes = strlen(rest_) + 1;
  if (length == 0) return ENOENT;
  if (length + rest_bytes > sizeof rest_) return ENAMETOOLONG;
  memmove(rest_ + length, rest_, rest_bytes);
  memcpy(rest_, target, length);
  return *target == '/' ? EnterRoot() : 0;
}

int PathWalk::Finish() {
  if (!AddToPath()) return ENAMETOOLONG;
  if (!is_there_) return 0;
  if (S_ISLNK(status_.st_mode)) {
    is_opaque_ = true;
    if (fstatat(folder_, name_, &status_, 0) != 0) return errno;
  }
  if (S_ISDIR(status_.st_mode)) return EISDIR;
  if (S_ISREG(status_.st_mode) ? MayReplace() : MayFollow()) return 0;
  is_foreign_ = true;
  return EACCES;
}

// True in /proc, of which links say what they are and not where they lead, and
// where nobody can lay one.
bool PathWalk::IsOnProc() const {
  struct statfs system;
  return fstatfs(folder_, &system) == 0 && system.f_type == kProcMagic;
}

bool PathWalk::MayFollow() const {
  const bool is_shared =
      (folder_status_.st_mode & S_IWOTH) != 0 || IsSticky(folder_status_);
  return !is_shared || status_.st_uid == geteuid() ||
         status_.st_uid == folder_status_.st_uid;
}

bool PathWalk::MayReplace() const {
  return !IsSticky(folder_status_) || status_.st_uid == geteuid() ||
         (geteuid() == 0 && status_.st_uid == folder_status_.st_uid);
}

}  // namespace heapgrind
