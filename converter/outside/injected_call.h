// One system call that a stopped thread of a process makes for us.
//
// The thread heals by itself if this program is killed at any moment: see
// healing_frame.h.  What the frame covers on the stack is put back in the end.

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_INJECTED_CALL_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_INJECTED_CALL_H_

#include <sys/types.h>

#include <array>
#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "converter/outside/call_code.h"
#include "converter/outside/healing_frame.h"
#include "converter/outside/memory_map.h"
#include "converter/outside/remote_memory.h"
#include "converter/outside/stopped_threads.h"

namespace heapgrind {

using CallArguments = std::array<uint64_t, 6>;

class InjectedCall {
 public:
  // Call these one after the other; each but the first fails with Unavailable
  // if the process has ended.

  // Reads what is to be put back.  False: the thread is not in a state for it.
  bool Prepare(const StoppedThread& thread, const MemoryMap& map,
               const CallCode& code);

  // Makes the thread begin with the call when it runs on.  The second argument
  // of clone is the copy's stack.
  absl::Status Enter(uint64_t number, CallArguments arguments);

  // Makes the call, which takes as long as it takes, and returns its result.
  // `copy` is set to the process that it has made, if any, which is stopped.
  absl::StatusOr<int64_t> Run(pid_t* copy);

  // Puts everything back.  The thread is still stopped.
  absl::Status Leave();

  // What the copy, if there is one, has to put back for itself.
  void RestoreStack(const RemoteMemory& memory) const;

 private:
  absl::Status WaitForTrap();

  pid_t thread_ = 0;
  RemoteMemory memory_{0};
  CallCode code_;
  Registers registers_ = {};
  SignalSet blocked_signals_ = 0;
  HealingFrame frame_;
  std::string stack_;  // What was there before the frame.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_INJECTED_CALL_H_
