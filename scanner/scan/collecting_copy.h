// A forked copy of the process that tells it which objects there are.
//
//     process   Make | Read .............. |
//     copy           | Tell, Tell, ... End |
//
// For free-threaded builds: see stopped_world.cc.

#ifndef HEAPGRIND_SCANNER_SCAN_COLLECTING_COPY_H_
#define HEAPGRIND_SCANNER_SCAN_COLLECTING_COPY_H_

#include <sys/types.h>

#include <cstddef>

#include "cpython/compat.h"
#include "memory/mapped_array.h"

namespace heapgrind {

class CollectingCopy {
 public:
  // Forks.  Returns 0, in both, or an errno of pipe(2) or clone(2).
  int Make();

  // True in the copy.
  bool is_this() const { return is_this_; }

  // For the copy.
  void Tell(PyObject* object);
  [[noreturn]] void End();

  // For the process: adds what the copy tells, and waits for its end.  Returns 0;
  // ENOMEM; or ETIMEDOUT if it was killed, or has told nothing for so many seconds.
  int Read(int seconds, MappedArray<PyObject*>* objects);

 private:
  static constexpr size_t kMostTold = 512;

  // Returns whether there is more; sets *error.
  bool ReadSome(int seconds, MappedArray<PyObject*>* objects, int* error);
  void Write();

  bool is_this_ = false;
  pid_t pid_ = 0;
  int descriptor_ = -1;  // Of the pipe: one end here, the other one in the copy.
  size_t num_told_ = 0;
  PyObject* told_[kMostTold];  // The copy's are not written yet.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_SCAN_COLLECTING_COPY_H_
