// A thread that was led to a system call comes back by itself, whenever the
// program that led it there ends.

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <string>
#include <tuple>

#include "converter/outside/injected_call.h"
#include "converter/outside/our_signals.h"
#include "converter/outside/stopped_threads.h"

namespace heapgrind {
namespace {

// What the process does when it is stopped.
enum class Work { kComputes, kReads, kSleeps };
// After which step the program that stops it ends.
enum class LastStep { kStop, kEnter, kIntoCall, kRun, kSignals, kLeave };

constexpr int kRounds = 60000000;

double Compute() {
  volatile int rounds = kRounds;
  double sum = 1;
  for (int i = 0; i < rounds; ++i) sum = sum * 0.999 + i * 1e-9;
  return sum;
}

// What is not to change, of a process that is stopped in the midst of it.
struct State {
  sigset_t blocked;
  stack_t stack;
};

State ReadState() {
  State state;
  sigprocmask(SIG_BLOCK, nullptr, &state.blocked);
  sigaltstack(nullptr, &state.stack);
  return state;
}

bool SleepsLongEnough() {
  timespec before, after;
  clock_gettime(CLOCK_MONOTONIC, &before);
  const timespec pause = {0, 300000000};
  const bool is_whole = nanosleep(&pause, nullptr) == 0;
  clock_gettime(CLOCK_MONOTONIC, &after);
  const int64_t passed = (after.tv_sec - before.tv_sec) * 1000000000 +
                         after.tv_nsec - before.tv_nsec;
  return is_whole && passed >= pause.tv_nsec;
}

bool DoWork(Work work, double expected, int input) {
  char byte = 0;
  switch (work) {
    case Work::kComputes:
      return Compute() == expected;
    case Work::kReads:
      return read(input, &byte, 1) == 1 && byte == 'x';
    case Work::kSleeps:
      return SleepsLongEnough();
  }
  return false;
}

// The process that is stopped.  It writes a byte when it begins and one in the
// end; a copy of it that ran on would write another one.
[[noreturn]] void BeTarget(Work work, double expected, int input, int output) {
  static char stack[1 << 16];
  const stack_t own = {stack, 0, sizeof stack};
  sigaltstack(&own, nullptr);
  sigset_t blocked;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGUSR2);
  sigprocmask(SIG_SETMASK, &blocked, nullptr);
  const State before = ReadState();
  if (write(output, "b", 1) != 1) _exit(2);
  const bool is_right = DoWork(work, expected, input);
  const State after = ReadState();
  const bool is_same = sigismember(&after.blocked, SIGUSR2) == 1 &&
                       sigismember(&after.blocked, SIGUSR1) == 0 &&
                       after.stack.ss_sp == before.stack.ss_sp &&
                       after.stack.ss_flags == before.stack.ss_flags;
  // Of a copy, whose exit status is that of exit_group(0).
  int status = 0;
  while (waitpid(-1, &status, __WALL) > 0) {
    if (status != 0) _exit(3);
  }
  if (write(output, "e", 1) != 1) _exit(2);
  _exit(is_right && is_same ? 0 : 1);
}

// The program that stops it.
[[noreturn]] void BeTracer(pid_t target, LastStep last) {
  OurSignals signals;
  signals.Block();
  const absl::StatusOr<ProcessFiles> files = ProcessFiles::Open(target);
  const MemoryMap map = ParseMaps(files->Read("maps"));
  const absl::StatusOr<CallCode> code = FindCallCode(map, RemoteMemory(target));
  StoppedThreads stopped(*files, PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE);
  const auto deadline = Clock::now() + std::chrono::seconds(30);
  if (!code.ok() || !stopped.StopAll(deadline).ok()) _exit(1);
  if (last == LastStep::kStop) _exit(0);
  InjectedCall call;
  if (!call.Prepare(stopped.threads()[0], map, *code)) _exit(1);
  if (!call.Enter(SYS_clone, {}).ok()) _exit(1);
  if (last == LastStep::kEnter) _exit(0);
  if (last == LastStep::kIntoCall) {
    ContinueToSystemCall(target);
    const std::optional<Stop> stop = WaitForStop(target, deadline);
    _exit(stop->kind == StopKind::kSystemCall ? 0 : 1);
  }
  pid_t copy = 0;
  const absl::StatusOr<int64_t> result = call.Run(&copy);
  if (!result.ok() || *result != copy) _exit(1);
  if (last == LastStep::kRun) _exit(0);
  if (last == LastStep::kSignals) {
    SignalSet blocked = 1 << (SIGUSR2 - 1);
    WriteBlockedSignals(target, blocked);
    _exit(0);
  }
  _exit(call.Leave().ok() ? 0 : 1);
}

class HealingTest : public testing::TestWithParam<std::tuple<Work, LastStep>> {
};

bool MayTrace() {
  const pid_t child = fork();
  if (child == 0) {
    pause();
    _exit(0);
  }
  const bool may = ptrace(PTRACE_SEIZE, child, nullptr, nullptr) == 0;
  kill(child, SIGKILL);
  waitpid(child, nullptr, 0);
  return may;
}

TEST_P(HealingTest, ThreadComesBackByItself) {
  if (!MayTrace()) GTEST_SKIP() << "not run: ptrace is forbidden";
  const auto [work, last] = GetParam();
  const double expected = Compute();
  int input[2], output[2];
  ASSERT_EQ(pipe(input), 0);
  ASSERT_EQ(pipe(output), 0);
  const pid_t target = fork();
  if (target == 0) {
    prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY);
    BeTarget(work, expected, input[0], output[1]);
  }
  close(output[1]);
  char byte;
  ASSERT_EQ(read(output[0], &byte, 1), 1);
  const pid_t tracer = fork();
  if (tracer == 0) BeTracer(target, last);
  int status = -1;
  waitpid(tracer, &status, 0);
  EXPECT_EQ(status, 0);
  ASSERT_EQ(write(input[1], "x", 1), 1);
  waitpid(target, &status, 0);
  EXPECT_EQ(status, 0);
  std::string text(8, '\0');
  text.resize(std::max<ssize_t>(0, read(output[0], &text[0], text.size())));
  EXPECT_EQ(text, "e");
  for (const int number : {input[0], input[1], output[0]}) close(number);
}

// The exit status of a tracer that finds other code than it has found before.
[[noreturn]] void PrepareWithOtherCode(pid_t target) {
  OurSignals signals;
  signals.Block();
  const absl::StatusOr<ProcessFiles> files = ProcessFiles::Open(target);
  const MemoryMap map = ParseMaps(files->Read("maps"));
  const CallCode code = *FindCallCode(map, RemoteMemory(target));
  StoppedThreads stopped(*files, PTRACE_O_TRACESYSGOOD);
  const auto deadline = Clock::now() + std::chrono::seconds(30);
  if (!stopped.StopAll(deadline).ok()) _exit(1);
  const StoppedThread& thread = stopped.threads()[0];
  InjectedCall call;
  if (!call.Prepare(thread, map, code)) _exit(2);
  if (call.Prepare(thread, map, {code.call + 1, code.restore})) _exit(3);
  if (call.Prepare(thread, map, {code.call, code.restore + 1})) _exit(4);
  _exit(0);
}

TEST(InjectedCallTest, ThreadIsLeftAloneWhereTheCodeIsAnother) {
  if (!MayTrace()) GTEST_SKIP() << "not run: ptrace is forbidden";
  const pid_t target = fork();
  if (target == 0) {
    pause();
    _exit(1);
  }
  const pid_t tracer = fork();
  if (tracer == 0) PrepareWithOtherCode(target);
  int status = -1;
  waitpid(tracer, &status, 0);
  EXPECT_EQ(status, 0);
  kill(target, SIGKILL);
  waitpid(target, nullptr, 0);
}

INSTANTIATE_TEST_SUITE_P(
    AllMoments, HealingTest,
    testing::Combine(
        testing::Values(Work::kComputes, Work::kReads, Work::kSleeps),
        testing::Values(LastStep::kStop, LastStep::kEnter, LastStep::kIntoCall,
                        LastStep::kRun, LastStep::kSignals, LastStep::kLeave)));

}  // namespace
}  // namespace heapgrind
