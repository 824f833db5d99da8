#include "converter/outside/traced_thread.h"

#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <ctime>

namespace heapgrind {
namespace {

// PTRACE_GET_RSEQ_CONFIGURATION of linux/ptrace.h, which glibc has no name for.
constexpr auto kGetSequenceConfiguration =
    static_cast<__ptrace_request>(0x420f);

constexpr int kSystemCallStop = SIGTRAP | 0x80;  // PTRACE_O_TRACESYSGOOD.
// Another thread's signal may have taken the place of the one waited for.
constexpr std::chrono::milliseconds kLongestSleep{10};
constexpr uint64_t kSystemCallBytes = 2;  // Of the instruction `syscall`.

Stop Describe(int status) {
  Stop stop;
  stop.status = status;
  if (!WIFSTOPPED(status)) {
    stop.kind = StopKind::kEnded;
    return stop;
  }
  const int event = status >> 16;
  const int signal = WSTOPSIG(status);
  if (event == PTRACE_EVENT_STOP) {
    stop.kind = StopKind::kTrap;
  } else if (event == PTRACE_EVENT_CLONE) {
    stop.kind = StopKind::kClone;
  } else if (signal == kSystemCallStop) {
    stop.kind = StopKind::kSystemCall;
  } else if (event == 0) {
    stop.kind = StopKind::kSignal;
    stop.signal = signal;
  }
  return stop;
}

void SleepUntilChange(Clock::duration most) {
  const auto wait = std::min<Clock::duration>(most, kLongestSleep);
  const auto nanoseconds =
      std::chrono::duration_cast<std::chrono::nanoseconds>(wait).count();
  const timespec time = {0, static_cast<long>(nanoseconds)};
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGCHLD);
  sigtimedwait(&signals, nullptr, &time);
}

// Whether the call waits for as long as it takes, so that it may begin again.
bool MayBeginAgain(const Registers& registers) {
  switch (registers.orig_rax) {
    case SYS_epoll_wait:
    case SYS_epoll_pwait:
      return static_cast<int32_t>(registers.r10) < 0;
    case SYS_epoll_pwait2:
    case SYS_semtimedop:
      return registers.r10 == 0;
    case SYS_rt_sigtimedwait:
      return registers.rdx == 0;
    case SYS_io_getevents:
      return registers.r8 == 0;
    case SYS_semop:
    case SYS_msgsnd:
    case SYS_msgrcv:
    case SYS_read:  // Of inotify(7).
      return true;
    default:
      return false;
  }
}

}  // namespace

std::optional<Stop> WaitForStop(pid_t thread, Clock::time_point deadline) {
  for (;;) {
    int status = 0;
    const pid_t found = waitpid(thread, &status, __WALL | WNOHANG);
    if (found == thread) return Describe(status);
    if (found < 0 && errno != EINTR) return Stop{StopKind::kEnded, 0, 0};
    const Clock::time_point now = Clock::now();
    if (now >= deadline) return std::nullopt;
    SleepUntilChange(deadline - now);
  }
}

bool Continue(pid_t thread, int signal) {
  return ptrace(PTRACE_CONT, thread, nullptr, signal) == 0;
}

bool ContinueToSystemCall(pid_t thread, int signal) {
  return ptrace(PTRACE_SYSCALL, thread, nullptr, signal) == 0;
}

bool ReadRegisters(pid_t thread, Registers* registers) {
  return ptrace(PTRACE_GETREGS, thread, nullptr, registers) == 0;
}

bool WriteRegisters(pid_t thread, const Registers& registers) {
  return ptrace(PTRACE_SETREGS, thread, nullptr, &registers) == 0;
}

bool ReadBlockedSignals(pid_t thread, SignalSet* signals) {
  return ptrace(PTRACE_GETSIGMASK, thread, sizeof *signals, signals) == 0;
}

bool WriteBlockedSignals(pid_t thread, SignalSet signals) {
  return ptrace(PTRACE_SETSIGMASK, thread, sizeof signals, &signals) == 0;
}

SequenceArea ReadSequenceArea(pid_t thread) {
  SequenceArea area = {};
  const bool is_told =
      ptrace(kGetSequenceConfiguration, thread, sizeof area, &area) >= 0;
  return is_told ? area : SequenceArea();
}

Registers WithCallBegunAgain(Registers registers) {
  const auto result = static_cast<int64_t>(registers.rax);
  const auto call = static_cast<int64_t>(registers.orig_rax);
  if (call < 0 || result != -EINTR || !MayBeginAgain(registers)) {
    return registers;
  }
  registers.rax = registers.orig_rax;
  registers.rip -= kSystemCallBytes;
  registers.orig_rax = ~uint64_t{0};
  return registers;
}

}  // namespace heapgrind
