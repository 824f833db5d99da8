// A process of one thread that is a copy of another one, traced by this
// program, and that never runs a line of what it is a copy of.
//
// The kernel kills it when this program ends.

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_TRACED_COPY_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_TRACED_COPY_H_

#include <sys/types.h>

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "converter/outside/call_code.h"
#include "converter/outside/injected_call.h"
#include "converter/outside/traced_thread.h"

namespace heapgrind {

// The thread whose copy the copy's only thread is, and all threads there were.
struct ThreadOfTarget {
  pid_t id = 0;
  uint64_t fs_base = 0;  // 0: the kernel held it.
};

class TracedCopy {
 public:
  ~TracedCopy() { Kill(); }
  TracedCopy(const TracedCopy&) = delete;
  TracedCopy& operator=(const TracedCopy&) = delete;

  // Makes a system call in the copy, which is stopped, as long as it takes but
  // not longer than some seconds.  Unavailable: the copy has ended, or hangs.
  absl::StatusOr<int64_t> Call(uint64_t number, CallArguments arguments);

  // Lets it run on at `code` with an argument and on a stack of its own, with
  // floating point as at a program's start.  Unavailable: the copy has ended.
  absl::Status RunAt(uint64_t code, uint64_t argument, uint64_t stack);

  // Ends it, and waits for that.
  void Kill();
  // Is to be said if the copy has been waited for: it has ended.
  void SetEnded() { has_ended_ = true; }

  pid_t pid() const { return pid_; }

 protected:
  TracedCopy() = default;

  // Waits for a new copy to stop, and makes it end with this program.
  // `options`: those of PTRACE_SEIZE.  Unavailable: it has ended.
  absl::Status WaitForStart(long options);

  static absl::Status HasEnded();

  pid_t pid_ = 0;
  CallCode code_;
  Registers registers_ = {};  // With which it begins its next call.

 private:
  bool has_ended_ = false;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_TRACED_COPY_H_
