// All threads of a process, stopped at once.
//
// A thread that the kernel holds, waiting for a disk or a server (state D),
// does not stop, but runs no code of the program before it has.  So it counts
// as stopped; it is let go as soon as it stops.  Whatever happens to this
// program, the kernel lets all of them go when it ends.
//
// The first thread is stopped last and let go first: while it is traced,
// signals that the process ignores (SIGCHLD) wake up another thread that runs
// (prepare_signal and wants_signal in Linux's kernel/signal.c), whose system
// call may end with EINTR.

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_STOPPED_THREADS_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_STOPPED_THREADS_H_

#include <sys/types.h>

#include <vector>

#include "absl/status/status.h"
#include "converter/outside/process_files.h"
#include "converter/outside/traced_thread.h"

namespace heapgrind {

struct StoppedThread {
  pid_t id = 0;
  bool is_stopped = false;   // Else the kernel holds it.
  Registers registers = {};  // If it is stopped.
};

class StoppedThreads {
 public:
  // `options`: those of PTRACE_SEIZE.
  StoppedThreads(const ProcessFiles& process, long options)
      : process_(process), options_(options) {}
  ~StoppedThreads() { Detach(); }
  StoppedThreads(const StoppedThreads&) = delete;
  StoppedThreads& operator=(const StoppedThreads&) = delete;

  // Stops all threads, those that begin meanwhile too; or one of them.
  //
  // Errors: DeadlineExceeded: a thread does not stop; Unavailable: the process
  // has ended, or we may not.  Then none is stopped any more.
  absl::Status StopAll(Clock::time_point deadline);
  absl::Status StopOne(pid_t thread, Clock::time_point deadline);

  const std::vector<StoppedThread>& threads() const { return threads_; }

  // Lets all that are stopped run on.
  void Detach();

  // Lets those run on that the kernel held, and that have stopped since.
  void DetachLate();

 private:
  absl::Status Seize(pid_t thread);
  absl::Status SeizeNew(bool* has_new);
  std::vector<pid_t> NewThreads() const;
  absl::Status WaitForAll(Clock::time_point deadline);
  absl::Status WaitFor(StoppedThread* thread, Clock::time_point deadline);
  bool IsKnown(pid_t thread) const;
  bool IsHeld(pid_t thread) const;
  void Release(const StoppedThread& thread);

  const ProcessFiles& process_;
  const long options_;
  std::vector<StoppedThread> threads_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_STOPPED_THREADS_H_
