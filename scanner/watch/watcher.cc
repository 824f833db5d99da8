#include "watch/watcher.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <sys/prctl.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>

#include "watch/bell.h"
#include "watch/limit_shares.h"
#include "process/resident_bytes.h"
#include "scan/waiting_signals.h"

namespace heapgrind {
namespace {

constexpr double kMemoryInterval = 1;  // Seconds between two looks.

// What the thread does.
enum class Activity { kWatching, kCalling, kEnding };

// There is one in a process.  Handlers need it where they can find it.
struct Watcher {
  WatchSettings settings;
  PyObject* callback;
  pthread_t thread;
  bool is_running;  // There is a thread, or a pause.
  bool is_paused;
  double next_call;  // When `interval` is over.
  bool is_above;     // More than `resident_limit` was resident.
  LimitShares limit_shares;
  std::atomic<Activity> activity;
  // What the handler touches.
  std::atomic<int> process;    // The one that has the thread.
  std::atomic<int> signalled;  // The one whose signals num_signals counts.
  Bell bell;
  std::atomic<unsigned> num_signals;
  std::atomic<bool> must_end;
};

Watcher watcher;

double Now() {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec + now.tv_nsec * 1e-9;
}

// A forked child has the handler, but no thread until it made one: its signals
// wait for that.
void HandleSignal(int) {
  const int old_errno = errno;
  const int self = getpid();
  if (watcher.signalled.exchange(self) != self) watcher.num_signals = 0;
  watcher.num_signals.fetch_add(1);
  if (self == watcher.process) watcher.bell.Ring();
  errno = old_errno;
}

void Call(const char* reason) {
  const PyGILState_STATE state = PyGILState_Ensure();
  // No thread of the program: a dump leaves it out.
  hg_hide_thread(PyThreadState_Get());
  watcher.num_signals = 0;
  PyObject* result =
      PyObject_CallFunction(watcher.callback, const_cast<char*>("s"), reason);
  if (result == nullptr) PyErr_WriteUnraisable(watcher.callback);
  Py_XDECREF(result);
  hg_hide_thread(nullptr);
  PyGILState_Release(state);
}

bool PassesLimit() {
  const uint64_t resident = ResidentBytes();
  const uint64_t limit = watcher.settings.resident_limit;
  const bool was_above = watcher.is_above;
  watcher.is_above = resident > (was_above ? limit - limit / 10 : limit);
  return watcher.is_above && !was_above;
}

// What is due; null if nothing is.
const char* FindReason() {
  const WatchSettings& settings = watcher.settings;
  if (watcher.num_signals != 0) return "signal";
  if (settings.interval > 0 && Now() >= watcher.next_call) {
    watcher.next_call = Now() + settings.interval;
    return "every";
  }
  if (watcher.limit_shares.IsPassed()) return "limit";
  return settings.resident_limit > 0 && PassesLimit() ? "rss" : nullptr;
}

// Seconds between two looks at memory; negative: it is not watched.
double MemoryInterval() {
  const double interval = watcher.limit_shares.interval();
  if (interval > 0) return interval;
  return watcher.settings.resident_limit > 0 ? kMemoryInterval : -1;
}

// Seconds; negative: without an end.
double TimeToSleep() {
  const WatchSettings& settings = watcher.settings;
  double seconds = -1;
  if (settings.interval > 0) seconds = std::max(0.0, watcher.next_call - Now());
  const double memory = MemoryInterval();
  if (memory < 0) return seconds;
  return seconds < 0 ? memory : std::min(seconds, memory);
}

void* Watch(void*) {
  prctl(PR_SET_NAME, "heapgrind");
  while (!watcher.must_end) {
    const uint32_t heard = watcher.bell.num_rings();
    Activity expected = Activity::kWatching;
    if (!watcher.activity.compare_exchange_strong(expected,
                                                  Activity::kCalling)) {
      break;
    }
    if (const char* reason = FindReason()) Call(reason);
    watcher.activity = Activity::kWatching;
    // Does not sleep if a signal came meanwhile.
    if (!watcher.must_end) watcher.bell.Sleep(heard, TimeToSleep());
  }
  return nullptr;
}

// The thread takes no signals from the program.
int StartThread() {
  watcher.must_end = false;
  watcher.activity = Activity::kWatching;
  watcher.process = getpid();
  const WaitingSignals signals;
  const int error = pthread_create(&watcher.thread, nullptr, Watch, nullptr);
  watcher.is_paused = error != 0;
  return error;
}

int TakeSignal(int number, bool* is_ours) {
  struct sigaction old = {};
  if (sigaction(number, nullptr, &old) != 0) return errno;
  *is_ours = (old.sa_flags & SA_SIGINFO) == 0 && old.sa_handler == SIG_DFL;
  if (!*is_ours) return 0;
  struct sigaction ours = {};
  ours.sa_handler = HandleSignal;
  ours.sa_flags = SA_RESTART | SA_ONSTACK;
  return sigaction(number, &ours, nullptr) != 0 ? errno : 0;
}

void EndThread() {
  watcher.must_end = true;
  watcher.bell.Ring();
  Py_BEGIN_ALLOW_THREADS;
  pthread_join(watcher.thread, nullptr);
  Py_END_ALLOW_THREADS;
}

#if PY_VERSION_HEX >= 0x030d0000
// Where there can be no thread any more, the next fork tries again.
int ResumeLater(void*) {
  if (watcher.is_running && watcher.is_paused && watcher.process == getpid()) {
    StartThread();
  }
  return 0;
}
#endif

}  // namespace

int StartWatcher(const WatchSettings& settings, PyObject* callback,
                 bool* is_signal_ours) {
  if (watcher.is_running) return EALREADY;
#if PY_VERSION_HEX < 0x03070000
  PyEval_InitThreads();  // From 3.7 on Python does this itself.
#endif
  Py_INCREF(callback);
  Py_XDECREF(watcher.callback);
  watcher.callback = callback;
  watcher.settings = settings;
  watcher.num_signals = 0;
  watcher.next_call = Now() + settings.interval;
  watcher.is_above = false;
  watcher.limit_shares.Start(settings.limit_shares, settings.num_limit_shares);
  *is_signal_ours = false;
  int error = StartThread();
  watcher.is_running = true;
  if (error == 0 && settings.signal_number != 0) {
    error = TakeSignal(settings.signal_number, is_signal_ours);
  }
  if (error != 0) StopWatcher();
  return error;
}

void StopWatcher() {
  if (OwnsSignal()) {
    struct sigaction action = {};
    action.sa_handler = SIG_DFL;
    sigaction(watcher.settings.signal_number, &action, nullptr);
  }
  const bool has_thread =
      watcher.is_running && !watcher.is_paused && watcher.process == getpid();
  watcher.is_running = false;
  if (has_thread) EndThread();
}

void PauseWatcher() {
  if (!watcher.is_running || watcher.process != getpid()) return;
  Activity expected = Activity::kWatching;
  // A call needs the GIL, and may take long.
  if (!watcher.activity.compare_exchange_strong(expected, Activity::kEnding)) {
    return;
  }
  EndThread();
  watcher.is_paused = true;
}

int ResumeWatcherInParent() {
  if (!watcher.is_running || !watcher.is_paused) return 0;
#if PY_VERSION_HEX >= 0x030d0000
  // Python looks for threads after this and before os.fork returns.
  if (Py_AddPendingCall(ResumeLater, nullptr) == 0) return 0;
#endif
  return StartThread();
}

int ResumeWatcherInChild() {
  if (!watcher.is_running || watcher.process == getpid()) return 0;
  hg_hide_thread(nullptr);  // The thread stayed in the parent.
  if (watcher.signalled != getpid()) watcher.num_signals = 0;  // The parent's.
  watcher.next_call = Now() + watcher.settings.interval;
  watcher.limit_shares.Start(watcher.settings.limit_shares,
                             watcher.settings.num_limit_shares);
  return StartThread();
}

bool OwnsSignal() {
  if (watcher.settings.signal_number == 0) return false;
  struct sigaction now = {};
  return sigaction(watcher.settings.signal_number, nullptr, &now) == 0 &&
         (now.sa_flags & SA_SIGINFO) == 0 && now.sa_handler == HandleSignal;
}

unsigned TakeSignals() { return watcher.num_signals.exchange(0); }

}  // namespace heapgrind
