/* What is asked of the interpreter, in a copy of its process: the functions of
   surroundings.h that know CPython.  They read variables, and take no lock: in
   the copy there is nobody else. */

#include "cpython/internal.h"

#include "blob/input.h"

#if PY_VERSION_HEX >= 0x030c0000
#include <internal/pycore_runtime.h>
#endif

/* Up to 3.6 it is the last of the list, to which others are put in front. */
PyInterpreterState *hg_current_interpreter(void) {
#if PY_VERSION_HEX >= 0x03070000
  return _PyRuntime.interpreters.main;
#else
  PyInterpreterState *self = PyInterpreterState_Head();
  while (PyInterpreterState_Next(self) != NULL) {
    self = PyInterpreterState_Next(self);
  }
  return self;
#endif
}

void hg_lock_interpreters(void) {}
void hg_unlock_interpreters(void) {}
void hg_lock_traces(void) {}
void hg_unlock_traces(void) {}

const char *hg_python_version(void) {
  PyObject *version = hg_dict_value(hg_sys_dict(), "version");
  if (version == NULL) return "";
#if PY_VERSION_HEX < 0x03000000
  return PyBytes_Check(version) ? PyBytes_AS_STRING(version) : "";
#else
  if (!PyUnicode_Check(version) || !PyUnicode_IS_COMPACT_ASCII(version)) {
    return "";
  }
  return (const char *)PyUnicode_DATA(version);
#endif
}

#if PY_VERSION_HEX >= 0x030c0000
PyObject *hg_find_signal_handler(int number) {
  (void)number;
  return NULL;
}
#endif

/* Signals wait for ever. */
int hg_is_interrupted(void) { return 0; }

void hg_give_back_cache(int fd) { (void)fd; }

const char *hg_stopped_where(void) { return "anywhere"; }

/* the process */

typedef struct {
  size_t values[10]; /* mallinfo2(3): hblkhd is the 5th, fsmblks the 7th. */
} wide_figures;

typedef struct {
  int values[10];
} narrow_figures;

enum { kMapped = 4, kFast = 6, kUsed = 7, kFree = 8 };

static void read_wide(void *context) {
  wide_figures (*ask)(void) =
      (wide_figures(*)(void))(uintptr_t)hg_input->malloc_info;
  const wide_figures found = ask();
  hg_process *process = (hg_process *)context;
  process->malloc_used = found.values[kUsed];
  process->malloc_free = found.values[kFree];
  process->malloc_mapped = found.values[kMapped];
  process->malloc_fast = found.values[kFast];
}

/* Right below 4 GiB. */
static void read_narrow(void *context) {
  narrow_figures (*ask)(void) =
      (narrow_figures(*)(void))(uintptr_t)hg_input->malloc_info_old;
  const narrow_figures found = ask();
  hg_process *process = (hg_process *)context;
  process->malloc_used = (unsigned)found.values[kUsed];
  process->malloc_free = (unsigned)found.values[kFree];
  process->malloc_mapped = (unsigned)found.values[kMapped];
  process->malloc_fast = (unsigned)found.values[kFast];
  process->malloc_is_narrow = 1;
}

static void read_pymalloc(void *context) {
  hg_read_pymalloc((hg_open_memory)(uintptr_t)hg_input->fmemopen,
                   (hg_close_memory)(uintptr_t)hg_input->fclose,
                   (hg_process *)context);
}

/* A thread that was stopped within malloc has left a lock, or a heap that is
   half changed: what hangs or faults is not known. */
static void ask_in_time(void (*ask)(void *), hg_process *process) {
  hg_process found = *process;
  if (hg_guard_in_time(ask, &found) == HG_DONE) *process = found;
}

static void ask_malloc(hg_process *process) {
  void (*ask)(void *) = hg_input->malloc_info != 0       ? read_wide
                        : hg_input->malloc_info_old != 0 ? read_narrow
                                                         : NULL;
  if (ask != NULL) ask_in_time(ask, process);
}

/* Takes a stream from the arena of the thread that made the copy, which may
   grow or be a new one: the table of mappings does not have that. */
void hg_add_pymalloc(hg_process *process) {
  if (hg_input->fmemopen == 0 || hg_input->fclose == 0) return;
  ask_in_time(read_pymalloc, process);
}

hg_process hg_read_process(void) {
  static hg_process process;
  if (process.pid != 0) return process;
  process.resident = hg_input->rss;
  process.swapped = hg_input->swap;
  process.time = hg_input->time;
  ask_malloc(&process);
  process.pid = hg_input->pid;
  return process;
}
