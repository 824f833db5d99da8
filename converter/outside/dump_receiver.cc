#include "converter/outside/dump_receiver.h"

#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "converter/outside/refusal.h"

namespace heapgrind {
namespace {

constexpr int kTick = 100;            // Milliseconds.
constexpr size_t kPiece = 1 << 20;    // Bytes.
constexpr size_t kLongestText = 500;  // Bytes of what the blob says.
constexpr auto kLongWithoutRecord = std::chrono::seconds(2);

// What the copy's own doing brings about; all else is for the process.
bool IsFault(int signal) {
  return signal == SIGSEGV || signal == SIGBUS || signal == SIGILL ||
         signal == SIGFPE || signal == SIGTRAP || signal == SIGSYS;
}

std::string DescribeFault(pid_t copy, int signal) {
  siginfo_t facts = {};
  ptrace(PTRACE_GETSIGINFO, copy, nullptr, &facts);
  return absl::StrCat(strsignal(signal), " at ",
                      absl::Hex(reinterpret_cast<uintptr_t>(facts.si_addr)));
}

class Receiver {
 public:
  Receiver(const BlobPipes& pipes, Clock::duration longest_silence,
           OurSignals* signals, StoppedThreads* stopped, TracedCopy* copy,
           DumpCheck* check, Progress* progress)
      : longest_silence_(longest_silence),
        signals_(*signals),
        stopped_(stopped),
        copy_(*copy),
        check_(*check),
        progress_(*progress),
        polled_{{pipes.dump.get(), POLLIN, 0},
                {pipes.message.get(), POLLIN, 0},
                {signals->descriptor(), POLLIN, 0}},
        piece_(kPiece, '\0') {}

  absl::Status Run() {
    deadline_ = Clock::now() + longest_silence_;
    while (polled_[0].fd >= 0 || polled_[1].fd >= 0 || !has_ended_) {
      const absl::Status status = WaitOnce();
      if (!status.ok()) return status;
    }
    return Result();
  }

 private:
  absl::Status WaitOnce() {
    poll(polled_, std::size(polled_), kTick);
    signals_.TakeChildSignal();
    if (signals_.IsInterrupted()) return absl::AbortedError("interrupted");
    for (const auto step :
         {&Receiver::ReadDump, &Receiver::ReadMessage, &Receiver::LookAtCopy}) {
      const absl::Status status = (this->*step)();
      if (!status.ok()) return status;
    }
    if (stopped_ != nullptr) stopped_->DetachLate();
    if (Clock::now() < deadline_) return absl::OkStatus();
    return Refusal(
        absl::StrCat("expected the next part of its dump within ",
                     std::chrono::duration<double>(longest_silence_).count(),
                     " s, got none"),
        "try a longer --timeout");
  }

  // The number of bytes that were read into the piece.
  size_t Read(pollfd* polled) {
    if (polled->fd < 0 || polled->revents == 0) return 0;
    const ssize_t count = read(polled->fd, &piece_[0], piece_.size());
    if (count > 0) {
      deadline_ = Clock::now() + longest_silence_;
      return static_cast<size_t>(count);
    }
    if (count == 0 || (errno != EAGAIN && errno != EINTR)) polled->fd = -1;
    return 0;
  }

  absl::Status ReadDump() {
    const size_t size = Read(&polled_[0]);
    if (size == 0) return absl::OkStatus();
    last_record_ = Clock::now();
    const absl::Status status =
        check_.Take(absl::string_view(piece_).substr(0, size));
    progress_.Update(check_.bytes(), 0);
    return status;
  }

  absl::Status ReadMessage() {
    const size_t size = Read(&polled_[1]);
    // A zero byte says only that the scanner goes on.
    const absl::string_view text(piece_.data(), size);
    for (absl::string_view part : absl::StrSplit(text, '\0')) {
      absl::StrAppend(&message_, part);
    }
    message_.resize(std::min(message_.size(), kLongestText));
    if (size > 0) SayWhatTakesLong();
    return absl::OkStatus();
  }

  // Only blocks of malloc are looked at for long without a record.
  void SayWhatTakesLong() {
    if (has_said_it_ || Clock::now() - last_record_ < kLongWithoutRecord) {
      return;
    }
    has_said_it_ = true;
    progress_.StartStage("following native memory (not with --native=no)");
  }

  absl::Status LookAtCopy() {
    while (!has_ended_) {
      const std::optional<Stop> stop = WaitForStop(copy_.pid(), Clock::now());
      if (!stop.has_value()) break;
      if (stop->kind == StopKind::kEnded) {
        has_ended_ = true;
        status_ = stop->status;
        copy_.SetEnded();
        break;
      }
      const int signal = stop->kind == StopKind::kSignal ? stop->signal : 0;
      if (IsFault(signal)) fault_ = DescribeFault(copy_.pid(), signal);
      // The blob survives faults, and its clock tells it what takes too long.
      const bool is_for_blob =
          IsFault(signal) || signal == SIGPROF || signal == SIGALRM;
      Continue(copy_.pid(), is_for_blob ? signal : 0);
    }
    return absl::OkStatus();
  }

  absl::Status Result() const {
    if (WIFSIGNALED(status_) && IsFault(WTERMSIG(status_))) {
      return Refusal(absl::StrCat("expected a dump from its copy, but the "
                                  "scanner there has crashed (",
                                  fault_, ")"),
                     "please report it");
    }
    if (WIFSIGNALED(status_)) {
      return Refusal(absl::StrCat("expected a dump from its copy, but a signal "
                                  "has killed that: ",
                                  strsignal(WTERMSIG(status_))),
                     "the OOM killer may have ended it: see dmesg");
    }
    const std::string line = message_.substr(0, message_.find('\n'));
    if (WEXITSTATUS(status_) == 0) return check_.Finish();
    return Refusal(
        absl::StrCat("expected a dump from its copy, but the "
                     "scanner there refuses: ",
                     line.empty() ? "it does not say why" : line));
  }

  const Clock::duration longest_silence_;
  OurSignals& signals_;
  StoppedThreads* const stopped_;
  TracedCopy& copy_;
  DumpCheck& check_;
  Progress& progress_;
  Clock::time_point deadline_;
  pollfd polled_[3];  // Of those that have ended the descriptor is -1.
  std::string piece_;
  std::string message_;
  std::string fault_;  // The last one.
  Clock::time_point last_record_ = Clock::now();
  bool has_said_it_ = false;
  bool has_ended_ = false;
  int status_ = 0;
};

}  // namespace

absl::Status ReceiveDump(const BlobPipes& pipes,
                         Clock::duration longest_silence, OurSignals* signals,
                         StoppedThreads* stopped, TracedCopy* copy,
                         DumpCheck* check, Progress* progress) {
  return Receiver(pipes, longest_silence, signals, stopped, copy, check,
                  progress)
      .Run();
}

}  // namespace heapgrind
