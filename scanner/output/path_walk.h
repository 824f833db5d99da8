// Where a path leads, and whether somebody else has laid the way.
//
// In a folder where others may write, such as /tmp, anybody can lay a link of
// the name that a dump will get, and lead it to a file that is precious, or
// lay a pipe and read from it.  So each link on the way is looked at before it
// is followed, as Linux does it for all programs where it is told to
// (proc(5), protected_symlinks and protected_fifos), and on all systems:
//
//     a folder where everybody may write, or its group if it is sticky,
//     holds a link, a pipe or the like: it must belong to this process's user,
//     or to whom the folder belongs;
//     a sticky one holds a file that is to be replaced: it must belong to this
//     process's user (if that is root, also: to whom the folder belongs).

#ifndef HEAPGRIND_SCANNER_OUTPUT_PATH_WALK_H_
#define HEAPGRIND_SCANNER_OUTPUT_PATH_WALK_H_

#include <limits.h>
#include <sys/stat.h>

namespace heapgrind {

class PathWalk {
 public:
  PathWalk() = default;
  PathWalk(const PathWalk&) = delete;
  PathWalk& operator=(const PathWalk&) = delete;
  ~PathWalk();

  // Goes where `path` leads, but for its last name.  Returns 0 or an errno: of
  // openat(2) and readlinkat(2), EISDIR if it leads to a folder, ELOOP,
  // ENAMETOOLONG, and EACCES if somebody else has laid it; see is_foreign().
  int Go(const char* path);

  // The folder, open as a path (O_PATH).
  int folder() const { return folder_; }
  // The last name, which no link has but one of /proc (is_opaque).
  const char* name() const { return name_; }
  // The whole path, absolute and without links.
  const char* path() const { return path_; }
  // Whether there is something of that name, and what.
  bool is_there() const { return is_there_; }
  const struct stat& status() const { return status_; }
  // The last name is a link that only the kernel can follow.
  bool is_opaque() const { return is_opaque_; }
  // What has stopped Go is somebody else's.
  bool is_foreign() const { return is_foreign_; }

 private:
  int Begin(const char* path);
  int EnterRoot();
  int Enter(int flags);
  int FollowLink();
  int Finish();
  bool TakeName();
  bool AddToPath();
  bool IsOnProc() const;
  bool MayFollow() const;
  bool MayReplace() const;

  static constexpr int kMostLinks = 40;  // As path_resolution(7) has it.

  int folder_ = -1;
  int num_links_ = 0;
  bool is_there_ = false;
  bool is_opaque_ = false;
  bool is_foreign_ = false;
  bool is_last_ = false;
  struct stat status_ = {};         // Of the name.
  struct stat folder_status_ = {};  // Of the folder.
  char name_[NAME_MAX + 1] = {};
  char path_[PATH_MAX] = {};  // Of the folder, then with the name.
  char rest_[PATH_MAX] = {};  // What is still to go.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_OUTPUT_PATH_WALK_H_
