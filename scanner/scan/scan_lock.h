// One scan at a time: what it learns, and the room that is kept for it, are there
// once in a process.

#ifndef HEAPGRIND_SCANNER_SCAN_SCAN_LOCK_H_
#define HEAPGRIND_SCANNER_SCAN_SCAN_LOCK_H_

namespace heapgrind {

// Locked while it lives.  With a GIL that is the lock, and this does nothing.  Lets
// other threads go on while it waits; a process that the program forks has it free.
class ScanLock {
 public:
  ScanLock();
  ScanLock(const ScanLock&) = delete;
  ScanLock& operator=(const ScanLock&) = delete;
  ~ScanLock();
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_SCAN_SCAN_LOCK_H_
