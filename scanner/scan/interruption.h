// Ctrl-C while a dump is written to a pipe from which nobody reads.

#ifndef HEAPGRIND_SCANNER_SCAN_INTERRUPTION_H_
#define HEAPGRIND_SCANNER_SCAN_INTERRUPTION_H_

#include "cpython/compat.h"

namespace heapgrind {

// True if SIGINT waits for Python to handle it, and this is the thread that
// does.  Leaves it waiting.  Wants the GIL; runs no Python code.
inline bool IsInterrupted() {
  if (!PyOS_InterruptOccurred()) return false;  // Forgets it.
  PyErr_SetInterrupt();
  return true;
}

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_SCAN_INTERRUPTION_H_
