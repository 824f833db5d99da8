#include "attach_agent.h"

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

#include "cpython/compat.h"
#include "scan.h"
#include "snapshot.h"

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

#if PY_VERSION_HEX < 0x03070000

// Up to 3.6 a program of one thread has no GIL, and only that thread may make
// it (PyEval_InitThreads).  It can when it next runs Python code ...
int InitThreads(void*) {
  PyEval_InitThreads();
  return 0;
}

// Returns false if nobody reads the pipes any more.
bool WaitForGil(const Job& job) {
  bool is_asked = false;
  while (!PyEval_ThreadsInitialized()) {
    if (!is_asked) is_asked = Py_AddPendingCall(InitThreads, nullptr) == 0;
    if (poll(nullptr, 0, 1) != 0 || IsAbandoned(job)) return false;
  }
  return true;
}

// ... and here and now, on its behalf, where it has released what it takes for
// the GIL.
void MakeGil() {
#if PY_MAJOR_VERSION < 3
  const bool is_released = _PyThreadState_Current == nullptr;
#else
  const bool is_released = _PyThreadState_UncheckedGet() == nullptr;
#endif
  if (PyEval_ThreadsInitialized() || !Py_IsInitialized()) return;
  PyThreadState* own = PyGILState_GetThisThreadState();
  if (own == nullptr || !is_released) return;
  PyEval_RestoreThread(own);
  PyEval_InitThreads();
  PyEval_SaveThread();
}

#else

bool WaitForGil(const Job&) { return true; }
void MakeGil() {}

#endif

// Shows the scanner a class that a class statement made: one that every
// process has.  The last resort makes one, which the garbage collector takes.
void LearnClass() {
  const struct {
    const char* module;
    const char* name;
  } classes[] = {{"_frozen_importlib", "ModuleSpec"}, {"codecs", "CodecInfo"}};
  for (const auto& known : classes) {
    PyObject* module = hg_dict_value(hg_modules(), known.module);
    if (module == nullptr || !PyModule_Check(module)) continue;
    PyObject* cls = hg_dict_value(hg_module_dict(module), known.name);
    if (cls == nullptr || !PyType_Check(cls)) continue;
    auto* type = reinterpret_cast<PyTypeObject*>(cls);
    if ((type->tp_flags & Py_TPFLAGS_HEAPTYPE) == 0) continue;
    return hg_learn_class(type);
  }
  static char name[] = "heapgrind.Attached";
  PyObject* made = PyErr_NewException(name, nullptr, nullptr);
  if (made == nullptr) return PyErr_Clear();
  hg_learn_class(reinterpret_cast<PyTypeObject*>(made));
  Py_DECREF(made);
}

// Why this scanner must not look at this interpreter; null if it may.
const char* FindMismatch() {
  static char text[160];
  const size_t length = strcspn(PY_VERSION, ".");
  const size_t compared = length + 1 + strcspn(PY_VERSION + length + 1, ".");
  if (strncmp(Py_GetVersion(), PY_VERSION, compared + 1) != 0) {
    snprintf(text, sizeof text,
             "expected Python %.*s, which the scanner is built for, got %.*s",
             static_cast<int>(compared), PY_VERSION,
             static_cast<int>(strcspn(Py_GetVersion(), " ")), Py_GetVersion());
    return text;
  }
#ifdef Py_REF_DEBUG
  constexpr bool kIsDebug = true;
#else
  constexpr bool kIsDebug = false;
#endif
  static char gettotalrefcount[] = "gettotalrefcount";
  const bool is_debug = PySys_GetObject(gettotalrefcount) != nullptr;
  if (is_debug == kIsDebug) return nullptr;
  return kIsDebug ? "expected a debug build of Python, which the scanner is "
                    "built for, got a release"
                  : "expected a release of Python, which the scanner is built "
                    "for, got a debug build";
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
  auto* job =
      new (std::nothrow) heapgrind::Job{pipes[1], pipes[3], options};
  const int error = job == nullptr ? ENOMEM : heapgrind::StartThread(job);
  if (error == 0) return 0;
  close(pipes[1]);
  close(pipes[3]);
  delete job;
  return error;
}
