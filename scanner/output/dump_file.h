// The file that a dump is written to, so that none that is not whole has the
// name that the user gave.
//
//     .app.json.4711-1.part   while it is written, then renamed to
//     app.json
//
// Whatever the umask is, whatever was there, and whoever may write in the
// folder: the file is new, and its owner alone can read it (path_walk.h).  All
// that writes a dump on this side writes it by this.

#ifndef HEAPGRIND_SCANNER_OUTPUT_DUMP_FILE_H_
#define HEAPGRIND_SCANNER_OUTPUT_DUMP_FILE_H_

#include <limits.h>
#include <sys/types.h>

namespace heapgrind {

class PathWalk;

class DumpFile {
 public:
  // What becomes of a file that has the name already.
  enum class IfThere {
    kReplace,  // It is there until the new one is whole.
    kKeep,     // Open says EEXIST, and also if another dump will get the name.
  };

  DumpFile() = default;
  DumpFile(const DumpFile&) = delete;
  DumpFile& operator=(const DumpFile&) = delete;

  // Opens a new file beside `path`; or, where `path` is a device or a pipe,
  // that itself, and waits until somebody reads from the pipe.  Links are
  // followed.  /dev/stdout and the like are the descriptor itself.  Does not
  // want the GIL.
  //
  // Returns 0 or an errno: of PathWalk::Go and open(2), EEXIST, ENXIO if it is
  // a socket, EINTR if a signal came while it waited: Open may be called again.
  int Open(const char* path, IfThere if_there);

  // The same, but leaves nothing open, waits for nobody, and also says if there
  // is no room for a file (ENOSPC, EDQUOT).
  int Check(const char* path, IfThere if_there);

  // Takes a descriptor, which stays the caller's.
  void Borrow(int fd);

  int fd() const { return fd_; }

  // What Open has refused belongs to another user.
  bool is_foreign() const { return is_foreign_; }

  // Forgets what was written.  Returns 0, or ESPIPE if that has left already.
  int Rewind();

  // Closes the descriptor, unless it was borrowed.  Returns 0 or an errno.  A
  // forked copy of this keeps its own.
  int Close();

  // Gives the file its name.  Returns 0 or an errno: of rename(2), and EEXIST
  // if somebody else has made a file of that name that is to be kept.
  int Commit() const;

  // Removes the file, which was not committed.
  void Discard() const;

 private:
  int OpenNew(const PathWalk& walk);
  int OpenPart(const PathWalk& walk);
  int FormatPart(unsigned number);
  int OpenSpecial(const PathWalk& walk);

  int fd_ = -1;
  bool is_own_ = false;
  bool is_foreign_ = false;
  IfThere if_there_ = IfThere::kReplace;
  off_t start_ = -1;            // Where the dump begins; -1: no place.
  char target_[PATH_MAX] = {};  // Absolute.  Empty: there is nothing to rename.
  char part_[PATH_MAX] = {};
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_OUTPUT_DUMP_FILE_H_
