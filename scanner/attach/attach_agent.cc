#include "attach/attach_agent.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <new>

#include "attach/attached_interpreter.h"
#include "cpython/compat.h"
#include "scan/scan.h"
#include "scan/snapshot.h"

namespace heapgrind {
namespace {

constexpr size_t kStackBytes = size_t{1} << 20;
constexpr double kLongWait = 1e6;  // Seconds.

// What the thread works on; it frees it.
struct Job {
  int dump_fd;
  int report_fd;
  ScanOptions options;
};

// Writes a line to the second pipe.  Whether it is read is not our concern.
void Report(const Job& job, const char* format, ...)
    __attribute__((format(printf, 2, 3)));

void Report(const Job& job, const char* format, ...) {
  char line[256];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(line, sizeof line - 1, format, arguments);
  va_end(arguments);
  strcat(line, "\n");
  const ssize_t written = write(job.report_fd, line, strlen(line));
  (void)written;
}

bool IsAbandoned(const Job& job) {
  pollfd end = {job.report_fd, 0, 0};
  return poll(&end, 1, 0) > 0 && (end.revents & POLLERR) != 0;
}

// Returns false if nobody reads the pipes any more.
bool WaitForGil(const Job& job) {
  bool is_asked = false;
  while (!HasGil(&is_asked)) {
    if (poll(nullptr, 0, 1) != 0 || IsAbandoned(job)) return false;
  }
  return true;
}

// Wants the GIL, for a moment: a forked copy of the process dumps.  The
// thread's own state is no part of the program.  Null if there is none, which
// was reported.
Snapshot* Fork(const Job& job) {
  Report(job, "began");
  const char* mismatch = FindMismatch();
  if (mismatch != nullptr) {
    Report(job, "failed 0 %s", mismatch);
    return nullptr;
  }
  LearnClass();
  int error = 0;
  hg_hide_thread(PyThreadState_Get());
  Snapshot* snapshot = Snapshot::Start(
      {nullptr, DumpFile::IfThere::kReplace, job.dump_fd}, job.options, &error);
  hg_hide_thread(nullptr);
  if (snapshot == nullptr) Report(job, "failed %d %s", error, strerror(error));
  return snapshot;
}

Snapshot* ForkWithGil(const Job& job) {
  if (!Py_IsInitialized()) {
    Report(job, "failed 0 expected a running interpreter, got none");
    return nullptr;
  }
  if (!WaitForGil(job)) return nullptr;
  const PyGILState_STATE state = PyGILState_Ensure();
  Snapshot* snapshot = IsAbandoned(job) ? nullptr : Fork(job);
  PyGILState_Release(state);
  return snapshot;
}

// Waits for the copy, and says what became of it.
void ReportEnd(const Job& job, Snapshot* snapshot) {
  while (!snapshot->Wait(kLongWait)) continue;
  const SnapshotState state = snapshot->state();
  if (state.signal_number != 0) {
    return Report(job, "failed %d its copy was killed by signal %d",
                  state.error, state.signal_number);
  }
  if (state.error != 0) {
    return Report(job, "failed %d %s", state.error, strerror(state.error));
  }
  Report(job, "done %llu %llu %llu %llu",
         static_cast<unsigned long long>(state.result.num_objects),
         static_cast<unsigned long long>(state.result.size),
         static_cast<unsigned long long>(state.result.dump_bytes),
         static_cast<unsigned long long>(snapshot->pause() * 1e6));
}

void* RunAgent(void* argument) {
  auto* job = static_cast<Job*>(argument);
  Snapshot* snapshot = ForkWithGil(*job);
  close(job->dump_fd);  // The copy has its own.
  if (snapshot != nullptr) {
    ReportEnd(*job, snapshot);
    snapshot->Release();
  }
  close(job->report_fd);
  delete job;
  return nullptr;
}

// Begins a thread that gets none of the program's signals, nor SIGPIPE.
int StartThread(Job* job) {
  sigset_t all, before;
  sigfillset(&all);
  pthread_attr_t attributes;
  int error = pthread_attr_init(&attributes);
  if (error != 0) return error;
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, kStackBytes);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  pthread_t thread;
  error = pthread_create(&thread, &attributes, RunAgent, job);
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  pthread_attr_destroy(&attributes);
  return error;
}

}  // namespace
}  // namespace heapgrind

int HeapgrindAttachOpen(int pipes[4]) {
  if (pipe2(pipes, O_CLOEXEC) != 0) return errno;
  if (pipe2(pipes + 2, O_CLOEXEC) == 0) return 0;
  const int error = errno;
  close(pipes[0]);
  close(pipes[1]);
  return error;
}

int HeapgrindAttachStart(const int pipes[4], size_t value_length,
                         size_t max_references) {
  for (int i = 0; i < 4; i += 2) {
    if (pipes[i] >= 0) close(pipes[i]);
  }
  heapgrind::MakeGil();
  heapgrind::ScanOptions options = {};
  options.value_length = value_length;
  options.max_references = max_references;
  auto* job = new (std::nothrow) heapgrind::Job{pipes[1], pipes[3], options};
  const int error = job == nullptr ? ENOMEM : heapgrind::StartThread(job);
  if (error == 0) return 0;
  close(pipes[1]);
  close(pipes[3]);
  delete job;
  return error;
}
