// How much memory is left, of what limits this process.
//
// The kernel kills a process of a control group when the group, or one that it
// is in, has used what it may (cgroups(7)).  Page cache that is not in use goes
// before that, so it does not count.  Where no group has a limit, that of the
// address space (RLIMIT_AS) counts, and without one the memory of the machine.
// Nothing is ever written to a group.

#ifndef HEAPGRIND_SCANNER_PROCESS_MEMORY_USE_H_
#define HEAPGRIND_SCANNER_PROCESS_MEMORY_USE_H_

#include <climits>
#include <cstddef>
#include <cstdint>

namespace heapgrind {

enum class MemoryLimit { kNone, kGroup, kAddressSpace, kMachine };

struct MemoryUse {
  MemoryLimit limited_by;
  uint64_t used;       // Bytes.
  uint64_t limit;      // Bytes; 0: there is none.
  uint64_t anonymous;  // Bytes of the used ones that are no file's.
  bool kills_group;    // One that is killed takes all of its group with it.
};

// The control group of this process that counts memory.  Does not allocate.
class MemoryGroup {
 public:
  // Looks for it; does nothing if the process is where it was.  `root` is where
  // the file system of the machine is, "" but for tests.
  void Find(const char* root);

  // Of the group, or of the one above it that has least left: reads two small
  // files of each that has a limit below the memory of the machine.  If none
  // has, what the others say.
  MemoryUse Read() const;

  // The folder of that group when Read was last called; "" if it was none.
  const char* limiting_folder() const { return limiting_folder_; }

 private:
  void FindFolder(char* groups);
  bool ReadLevel(const char* folder, MemoryUse* use) const;

  char groups_[4096] = "";  // What the system said when this was found.
  char root_[PATH_MAX] = "";
  char folder_[PATH_MAX] = "";  // Of the group.
  size_t top_length_ = 0;       // Of the folder where groups are mounted.
  bool is_first_version_ = false;
  mutable char limiting_folder_[PATH_MAX] = "";
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_PROCESS_MEMORY_USE_H_
