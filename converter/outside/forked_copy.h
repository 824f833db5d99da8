// A copy of a process, made by a fork that one of its stopped threads is led to
// make.
//
// It sends no signal when it ends, and a wait of the program's does not see it
// (clone(2) with no exit signal).

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_FORKED_COPY_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_FORKED_COPY_H_

#include <sys/types.h>

#include <cstdint>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "converter/outside/call_code.h"
#include "converter/outside/injected_call.h"
#include "converter/outside/memory_map.h"
#include "converter/outside/process_files.h"
#include "converter/outside/stopped_threads.h"
#include "converter/outside/traced_copy.h"

namespace heapgrind {

// When it ends, the target keeps what is left of it until Reap.
class ForkedCopy : public TracedCopy {
 public:
  // Has a thread of `stopped` fork, and puts it back as it was.
  //
  // `options`: those of PTRACE_SEIZE.  Errors: DeadlineExceeded: no thread is
  // in a state for it; Unavailable: the kernel refuses, or the process has
  // ended.
  absl::Status Fork(const StoppedThreads& stopped, const MemoryMap& map,
                    const CallCode& code, long options);

  // Takes the copy over once the target runs again.  Unavailable: it has ended.
  absl::Status TakeOver(long options);

  // Has a thread of `target` wait for the killed copy, so that nothing of it is
  // left.  False: there may be a zombie now, until the process ends.
  bool Reap(const ProcessFiles& target, const CallCode& code, long options);

  pid_t inner_pid() const { return inner_pid_; }
  const std::vector<ThreadOfTarget>& threads() const { return threads_; }

 private:
  pid_t inner_pid_ = 0;  // As the target sees it.
  InjectedCall call_;
  std::vector<ThreadOfTarget> threads_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_FORKED_COPY_H_
