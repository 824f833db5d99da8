// What ptrace(2) does to one thread.
//
// The thread is seized, so that it is stopped without a signal.  Whoever waits
// has blocked SIGCHLD, which says that something has changed.

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_TRACED_THREAD_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_TRACED_THREAD_H_

#include <sys/ptrace.h>
#include <sys/types.h>
#include <sys/user.h>

#include <chrono>
#include <cstdint>
#include <optional>

namespace heapgrind {

using Clock = std::chrono::steady_clock;
using Registers = user_regs_struct;

// A set of signals as the kernel has it.
using SignalSet = uint64_t;
inline constexpr SignalSet kAllSignals = ~SignalSet{0};

// What stopped a thread, of what waitpid(2) tells.
enum class StopKind {
  kEnded,  // It is no more.
  kTrap,   // PTRACE_EVENT_STOP: seized, interrupted or stopped by a signal.
  kSystemCall,  // On its way into or out of a system call.
  kClone,       // It has made a copy.
  kSignal,      // About to be given a signal.
  kOther,
};

struct Stop {
  StopKind kind = StopKind::kOther;
  int signal = 0;  // With kSignal.
  int status = 0;  // As waitpid(2) has it.
};

// Waits until the thread stops or ends; nothing if `deadline` passes first.
std::optional<Stop> WaitForStop(pid_t thread, Clock::time_point deadline);

// Let a stopped thread run on, with a signal if that is not 0: freely, or up to
// the next end of a system call.  False: it has ended.
bool Continue(pid_t thread, int signal = 0);
bool ContinueToSystemCall(pid_t thread, int signal = 0);

// Of a stopped thread.  False: it has ended.
bool ReadRegisters(pid_t thread, Registers* registers);
bool WriteRegisters(pid_t thread, const Registers& registers);
bool ReadBlockedSignals(pid_t thread, SignalSet* signals);
bool WriteBlockedSignals(pid_t thread, SignalSet signals);

// Where the kernel and a thread tell each other of code that begins again if it
// is left: struct rseq of rseq(2).
struct SequenceArea {
  uint64_t
      address;    // 0: there is none, or the kernel does not say (before 5.13).
  uint32_t size;  // Bytes.
  uint32_t signature;
  uint32_t flags;
  uint32_t unused;
};

SequenceArea ReadSequenceArea(pid_t thread);

// As if nothing had stopped it: a system call that was interrupted, and that
// Linux does not begin again after a stop although it could be, will be.  Those
// that wait for a limited time are left to end with EINTR, because the time
// that is left is not known; see signal(7), "Interruption of system calls".
Registers WithCallBegunAgain(Registers registers);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_TRACED_THREAD_H_
