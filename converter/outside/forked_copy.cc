#include "converter/outside/forked_copy.h"

#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <algorithm>
#include <csignal>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "converter/outside/refusal.h"

namespace heapgrind {
namespace {

constexpr std::chrono::seconds kLongestReaping{2};
constexpr std::chrono::milliseconds kLongestStop{50};

// Those that wait in a system call come first: there, nothing is half done.
std::vector<StoppedThread> InOrderOfChoice(
    const std::vector<StoppedThread>& threads) {
  std::vector<StoppedThread> ordered = threads;
  std::stable_partition(
      ordered.begin(), ordered.end(), [](const StoppedThread& thread) {
        return static_cast<int64_t>(thread.registers.orig_rax) >= 0;
      });
  return ordered;
}

// The first thread comes last: see stopped_threads.h.
std::vector<pid_t> ThreadsToLead(const ProcessFiles& process) {
  std::vector<pid_t> threads = process.Numbers("task");
  std::stable_partition(
      threads.begin(), threads.end(),
      [&process](pid_t thread) { return thread != process.pid(); });
  return threads;
}

absl::Status CannotFork(int error) {
  return Refusal(
      absl::StrCat("expected it to fork, got \"", std::strerror(error), "\""),
      error == ENOMEM ? "there is too little memory for a copy, which shares "
                        "nearly all with the process"
                      : "the number of processes may be limited: ulimit -u, or "
                        "pids.max of its cgroup");
}

}  // namespace

absl::Status ForkedCopy::Fork(const StoppedThreads& stopped,
                              const MemoryMap& map, const CallCode& code,
                              long options) {
  code_ = code;
  for (const StoppedThread& thread : InOrderOfChoice(stopped.threads())) {
    if (!call_.Prepare(thread, map, code)) continue;
    ptrace(PTRACE_SETOPTIONS, thread.id, nullptr,
           options | PTRACE_O_TRACECLONE);
    absl::Status status = call_.Enter(SYS_clone, {});
    if (!status.ok()) return status;
    const absl::StatusOr<int64_t> result = call_.Run(&pid_);
    if (!result.ok()) return result.status();
    status = call_.Leave();
    if (!status.ok()) return status;
    if (*result < 0) return CannotFork(static_cast<int>(-*result));
    inner_pid_ = static_cast<pid_t>(*result);
    threads_.push_back({thread.id, thread.registers.fs_base});
    for (const StoppedThread& other : stopped.threads()) {
      if (other.id == thread.id) continue;
      threads_.push_back({other.id, other.registers.fs_base});
    }
    return absl::OkStatus();
  }
  return absl::DeadlineExceededError(
      "expected a thread with room on its stack for a system call, got none");
}

absl::Status ForkedCopy::TakeOver(long options) {
  const absl::Status status = WaitForStart(options);
  if (status.ok()) call_.RestoreStack(RemoteMemory(pid_));
  return status;
}

bool ForkedCopy::Reap(const ProcessFiles& target, const CallCode& code,
                      long options) {
  const Clock::time_point deadline = Clock::now() + kLongestReaping;
  StoppedThreads stopped(target, options);
  do {
    for (const pid_t id : ThreadsToLead(target)) {
      stopped.DetachLate();
      if (!stopped.StopOne(id, Clock::now() + kLongestStop).ok()) continue;
      InjectedCall call;
      const MemoryMap map = ParseMaps(target.Read("maps"));
      const StoppedThread& thread = stopped.threads().back();
      const bool is_ready = call.Prepare(thread, map, code);
      if (is_ready) {
        constexpr uint64_t kOptions = __WALL | WNOHANG;
        pid_t none = 0;
        const auto pid = static_cast<uint64_t>(inner_pid_);
        if (!call.Enter(SYS_wait4, {pid, 0, kOptions, 0}).ok()) return true;
        const absl::StatusOr<int64_t> result = call.Run(&none);
        const absl::Status status = call.Leave();
        stopped.Detach();
        // Somebody else's wait may have taken it, or the process has ended.
        if (!result.ok() || !status.ok()) return true;
        if (*result == inner_pid_ || *result == -ECHILD) return true;
      }
      stopped.Detach();
    }
  } while (Clock::now() < deadline && !target.Numbers("task").empty());
  return target.Numbers("task").empty();
}

}  // namespace heapgrind
