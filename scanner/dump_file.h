// The file that a dump is written to, so that none that is not whole has the
// name that the user gave.
//
//     .app.json.4711-1.part   while it is written, then renamed to
//     app.json

#ifndef HEAPGRIND_SCANNER_DUMP_FILE_H_
#define HEAPGRIND_SCANNER_DUMP_FILE_H_

#include <limits.h>

namespace heapgrind {

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

  // Opens a new file beside `path`, which its owner alone can read; or, where
  // `path` is a device, a pipe or a socket, that itself.  Links are followed.
  // Returns 0 or an errno: of stat(2), realpath(3), open(2), EISDIR, EEXIST,
  // ENAMETOOLONG.
  int Open(const char* path, IfThere if_there);

  // Takes a descriptor, which stays the caller's.
  void Borrow(int fd) { fd_ = fd; }

  int fd() const { return fd_; }

  // Closes the descriptor, unless it was borrowed.  Returns 0 or an errno.  A
  // forked copy of this keeps its own.
  int Close();

  // Gives the file its name.  Returns 0 or an errno: of rename(2), and EEXIST
  // if somebody else has made a file of that name that is to be kept.
  int Commit() const;

  // Removes the file, which was not committed.
  void Discard() const;

 private:
  int OpenPart();
  int FormatPart(unsigned number);

  int fd_ = -1;
  bool is_own_ = false;
  IfThere if_there_ = IfThere::kReplace;
  char target_[PATH_MAX] = {};  // Empty: there is nothing to rename.
  char part_[PATH_MAX] = {};
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_DUMP_FILE_H_
