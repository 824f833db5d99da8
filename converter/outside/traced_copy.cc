#include "converter/outside/traced_copy.h"

#include <sys/ptrace.h>

#include <csignal>
#include <optional>

#include "absl/strings/str_cat.h"
#include "converter/outside/refusal.h"

namespace heapgrind {
namespace {

constexpr std::chrono::seconds kLongestCall{20};
constexpr std::chrono::seconds kLongestEnd{20};
constexpr uint64_t kDirectionFlag = 0x400;

}  // namespace

absl::Status TracedCopy::HasEnded() {
  return Refusal("expected its copy to run, but it has ended",
                 "the OOM killer may have ended it: see dmesg");
}

absl::Status TracedCopy::WaitForStart(long options) {
  const std::optional<Stop> stop =
      WaitForStop(pid_, Clock::now() + kLongestCall);
  if (!stop.has_value() || stop->kind == StopKind::kEnded) {
    has_ended_ = stop.has_value();
    return HasEnded();
  }
  ptrace(PTRACE_SETOPTIONS, pid_, nullptr, options | PTRACE_O_EXITKILL);
  WriteBlockedSignals(pid_, kAllSignals);
  return ReadRegisters(pid_, &registers_) ? absl::OkStatus() : HasEnded();
}

absl::StatusOr<int64_t> TracedCopy::Call(uint64_t number,
                                         CallArguments arguments) {
  Registers registers = registers_;
  registers.rip = code_.call;
  registers.rax = number;
  registers.orig_rax = ~uint64_t{0};
  registers.rdi = arguments[0];
  registers.rsi = arguments[1];
  registers.rdx = arguments[2];
  registers.r10 = arguments[3];
  registers.r8 = arguments[4];
  registers.r9 = arguments[5];
  if (!WriteRegisters(pid_, registers)) return HasEnded();
  const Clock::time_point deadline = Clock::now() + kLongestCall;
  for (int num_stops = 0; num_stops < 2;) {
    // Signals are for the process, not for its copy.
    if (!ContinueToSystemCall(pid_)) return HasEnded();
    const std::optional<Stop> stop = WaitForStop(pid_, deadline);
    if (!stop.has_value()) {
      return Refusal(
          absl::StrCat("expected an answer of its copy to system "
                       "call ",
                       number, ", got none"));
    }
    if (stop->kind == StopKind::kEnded) {
      has_ended_ = true;
      return HasEnded();
    }
    if (stop->kind == StopKind::kSystemCall) ++num_stops;
  }
  if (!ReadRegisters(pid_, &registers)) return HasEnded();
  return static_cast<int64_t>(registers.rax);
}

absl::Status TracedCopy::RunAt(uint64_t code, uint64_t argument,
                               uint64_t stack) {
  Registers registers = registers_;
  registers.rip = code;
  registers.rdi = argument;
  registers.rsp = stack;
  registers.rbp = 0;
  registers.orig_rax = ~uint64_t{0};
  registers.eflags &= ~kDirectionFlag;
  user_fpregs_struct floating = {};
  floating.cwd = 0x37f;
  floating.mxcsr = 0x1f80;
  ptrace(PTRACE_SETFPREGS, pid_, nullptr, &floating);
  return WriteRegisters(pid_, registers) && Continue(pid_) ? absl::OkStatus()
                                                           : HasEnded();
}

void TracedCopy::Kill() {
  if (pid_ == 0 || has_ended_) return;
  kill(pid_, SIGKILL);
  const Clock::time_point deadline = Clock::now() + kLongestEnd;
  for (;;) {
    const std::optional<Stop> stop = WaitForStop(pid_, deadline);
    has_ended_ = !stop.has_value() || stop->kind == StopKind::kEnded;
    if (has_ended_) return;
    Continue(pid_);
  }
}

}  // namespace heapgrind
