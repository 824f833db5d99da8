// A dump that a forked copy of the process writes, while the process goes on.
//
//     process   prepare, fork | goes on ...            reaps the copy
//     copy                    | scan, write, rename, _exit
//
// Both share their memory until one of them writes to it.  The copy does not:
// it takes no reference, no lock, and nothing from malloc.  What it has to say
// is in a page that stays shared.
//
// No wait() of the program and no SIGCHLD tells of the copy: clone(2) makes it,
// with no signal for its end, and a thread of ours waits for it by its number.
// qemu-user, which emulates processors, refuses such a clone: there it is a child
// as of fork(2), of which both may tell.

#ifndef HEAPGRIND_SCANNER_SCAN_SNAPSHOT_H_
#define HEAPGRIND_SCANNER_SCAN_SNAPSHOT_H_

#include <pthread.h>
#include <semaphore.h>
#include <sys/types.h>

#include <atomic>

#include "output/dump_file.h"
#include "scan/scan.h"

namespace heapgrind {

// What is known of a snapshot.
struct SnapshotState {
  bool is_done;       // The copy has ended.
  int error;          // errno of what failed; ECHILD if the copy was killed.
  int signal_number;  // What killed it; 0 if nothing did or it is not known.
  // When it is done; until then, what was written so far.
  ScanResult result;
  int64_t copied_bytes;  // Memory that was copied for it; -1: not known.
};

class Snapshot {
 public:
  // Where to write: `path`, or if that is null the descriptor `fd`.
  struct Target {
    const char* path;
    DumpFile::IfThere if_there;
    int fd;
  };

  // Forks.  Wants the GIL, and keeps it.  Null with *error, an errno: of
  // DumpFile::Open, PreparedScan, mmap(2), clone(2) and pthread_create(3).
  static Snapshot* Start(const Target& target, const ScanOptions& options,
                         int* error);

  // The same in steps, for who opens the file in his own way.  Null if there is
  // no memory.
  static Snapshot* Create();
  DumpFile* file() { return &file_; }
  // Returns 0, or an errno; then it must be released.
  int Begin(const ScanOptions& options);

  // Forgets it; the copy goes on.  The snapshot must not be used after.
  void Release();

  // The number of the copy.
  pid_t pid() const { return pid_; }

  // How long this process was stopped, seconds.
  double pause() const { return pause_; }

  SnapshotState state();

  // Waits until it is done, or at most for `seconds`.  Returns whether it is.
  // Does not want the GIL.
  bool Wait(double seconds);

 private:
  struct SharedPage;
  struct Copying;

  Snapshot();
  ~Snapshot();

  int Map();
  int Scan(const ScanOptions& options);
  bool StartReaper();
  static bool Fork(void* copying);
  [[noreturn]] static void RunCopy(void* copying, int error);
  [[noreturn]] void Finish(ScanResult result);
  bool IsDone();
  static void* RunReaper(void* snapshot);
  void Reap();

  std::atomic<int> num_owners_{1};  // The caller of Start, and the reaper.
  DumpFile file_;
  SharedPage* page_ = nullptr;
  pid_t parent_ = 0;
  pid_t pid_ = 0;
  double pause_ = 0;
  sem_t is_forked_;  // Or will not be.
  pthread_mutex_t mutex_;
  pthread_cond_t is_reaped_;
  bool was_reaped_ = false;  // Guarded by mutex_, like what follows.
  int wait_status_ = 0;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_SCAN_SNAPSHOT_H_
