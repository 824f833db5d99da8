#include "converter/outside/stopped_threads.h"

#include <sys/ptrace.h>
#include <sys/wait.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "converter/outside/process_status.h"
#include "converter/outside/refusal.h"
#include "converter/outside/refusals.h"

namespace heapgrind {
namespace {

constexpr std::chrono::milliseconds kUntilLook{2};
// For a thread of another process, which is let go at once.
constexpr std::chrono::seconds kLongestStranger{1};

}  // namespace

absl::Status StoppedThreads::StopAll(Clock::time_point deadline) {
  bool has_new = true;
  absl::Status status;
  // A list without a thread that is not stopped yet is complete: there is none
  // that could begin another one.
  while (has_new && status.ok()) {
    status = SeizeNew(&has_new);
    if (status.ok()) status = WaitForAll(deadline);
  }
  if (status.ok() && threads_.empty()) {
    status = Refusal("expected it to run, but it has ended");
  }
  if (!status.ok()) Detach();
  return status;
}

absl::Status StoppedThreads::StopOne(pid_t thread, Clock::time_point deadline) {
  absl::Status status = Seize(thread);
  if (status.ok()) status = WaitForAll(deadline);
  if (status.ok() && threads_.empty()) {
    status = Refusal("expected a thread that runs, but it has ended");
  }
  if (!status.ok()) Detach();
  return status;
}

absl::Status StoppedThreads::SeizeNew(bool* has_new) {
  *has_new = false;
  for (const pid_t thread : NewThreads()) {
    const size_t num_before = threads_.size();
    const absl::Status status = Seize(thread);
    if (!status.ok()) return status;
    *has_new |= threads_.size() > num_before;
  }
  return absl::OkStatus();
}

// The first thread is among them only if there are no others.
std::vector<pid_t> StoppedThreads::NewThreads() const {
  std::vector<pid_t> threads;
  for (const pid_t thread : process_.Numbers("task")) {
    if (thread != process_.pid() && !IsKnown(thread)) threads.push_back(thread);
  }
  if (threads.empty() && !IsKnown(process_.pid())) {
    threads.push_back(process_.pid());
  }
  return threads;
}

// Does nothing if the thread has ended.
absl::Status StoppedThreads::Seize(pid_t thread) {
  if (ptrace(PTRACE_SEIZE, thread, nullptr, options_) != 0) {
    const int error = errno;
    const ProcessStatus status =
        ParseStatus(process_.Read(absl::StrCat("task/", thread, "/status")));
    const bool has_ended =
        error == ESRCH || status.state == 'Z' || status.state == 'X';
    if (has_ended) return absl::OkStatus();
    if ((options_ & PTRACE_O_SUSPEND_SECCOMP) != 0) return SeccompRefusal();
    return Refusal(absl::StrCat("expected the right to stop its thread ",
                                thread, ", got \"", std::strerror(error),
                                "\""));
  }
  ptrace(PTRACE_INTERRUPT, thread, nullptr, nullptr);
  threads_.push_back({thread});
  // A number that is used again by now is not in the folder of this process.
  return process_.Read(absl::StrCat("task/", thread, "/status")).empty()
             ? WaitFor(&threads_.back(), Clock::now() + kLongestStranger)
             : absl::OkStatus();
}

absl::Status StoppedThreads::WaitForAll(Clock::time_point deadline) {
  for (size_t i = 0; i < threads_.size(); ++i) {
    if (threads_[i].is_stopped) continue;
    const absl::Status status = WaitFor(&threads_[i], deadline);
    if (!status.ok()) return status;
  }
  const auto has_ended = [](const StoppedThread& thread) {
    return thread.id == 0;
  };
  threads_.erase(std::remove_if(threads_.begin(), threads_.end(), has_ended),
                 threads_.end());
  return absl::OkStatus();
}

// The identifier of one that has ended is 0 then.
absl::Status StoppedThreads::WaitFor(StoppedThread* thread,
                                     Clock::time_point deadline) {
  for (;;) {
    const std::optional<Stop> stop =
        WaitForStop(thread->id, std::min(deadline, Clock::now() + kUntilLook));
    if (!stop.has_value()) {
      if (IsHeld(thread->id)) return absl::OkStatus();
      if (Clock::now() < deadline) continue;
      return absl::DeadlineExceededError(absl::StrCat(
          "expected its thread ", thread->id, " to stop, but it does not"));
    }
    if (stop->kind == StopKind::kTrap) {
      thread->is_stopped = ReadRegisters(thread->id, &thread->registers);
      if (thread->is_stopped) return absl::OkStatus();
    }
    if (stop->kind == StopKind::kEnded) {
      thread->id = 0;
      return absl::OkStatus();
    }
    // A signal that came first; what we want to stop it for comes behind it.
    Continue(thread->id, stop->signal);
  }
}

bool StoppedThreads::IsKnown(pid_t thread) const {
  return std::any_of(
      threads_.begin(), threads_.end(),
      [thread](const StoppedThread& known) { return known.id == thread; });
}

bool StoppedThreads::IsHeld(pid_t thread) const {
  return ParseStatus(process_.Read(absl::StrCat("task/", thread, "/status")))
             .state == 'D';
}

void StoppedThreads::Release(const StoppedThread& thread) {
  const Registers registers = WithCallBegunAgain(thread.registers);
  if (registers.rip != thread.registers.rip) {
    const std::string file = absl::StrCat("task/", thread.id, "/status");
    // A signal that has come has a right to end the call.
    if (ParseStatus(process_.Read(file)).waiting_signals == 0) {
      WriteRegisters(thread.id, registers);
    }
  }
  ptrace(PTRACE_DETACH, thread.id, nullptr, nullptr);
}

void StoppedThreads::Detach() {
  std::vector<StoppedThread> held;
  std::stable_partition(threads_.begin(), threads_.end(),
                        [this](const StoppedThread& thread) {
                          return thread.id == process_.pid();
                        });
  for (const StoppedThread& thread : threads_) {
    if (thread.id == 0) continue;
    if (thread.is_stopped) {
      Release(thread);
    } else {
      held.push_back(thread);
    }
  }
  threads_ = std::move(held);
  DetachLate();
}

void StoppedThreads::DetachLate() {
  std::vector<StoppedThread> held;
  for (const StoppedThread& thread : threads_) {
    const std::optional<Stop> stop = WaitForStop(thread.id, Clock::now());
    if (!stop.has_value()) {
      held.push_back(thread);
    } else if (stop->kind != StopKind::kEnded) {
      ptrace(PTRACE_DETACH, thread.id, nullptr, stop->signal);
    }
  }
  threads_ = std::move(held);
}

}  // namespace heapgrind
