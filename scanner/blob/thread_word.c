/* The current thread is NULL while nobody has the GIL.  Some tp_traverse want
   it all the same: structseq_traverse of 3.10 to 3.12 looks into a dictionary.

   Up to 3.11 it is a variable of the runtime.  From 3.12 on it is a word of
   thread-local data without an exported name, and is found by its effect: the
   function that returns it returns what was written there. */

#include "cpython/internal.h"

#include "blob/input.h"

/* The oldest thread of this interpreter. */
static PyThreadState *any_thread(void) {
  PyThreadState *thread =
      PyInterpreterState_ThreadHead(hg_current_interpreter());
  while (thread != NULL && PyThreadState_Next(thread) != NULL) {
    thread = PyThreadState_Next(thread);
  }
  return thread;
}

#if PY_VERSION_HEX >= 0x030c0000

enum { kMostBytes = 1 << 16 }; /* Of the thread-local data of all files. */

static PyThreadState *current_thread(void) {
#if PY_VERSION_HEX >= 0x030d0000
  return PyThreadState_GetUnchecked();
#else
  return _PyThreadState_UncheckedGet();
#endif
}

/* The data of the files that the program began with lie below. */
static uintptr_t thread_pointer(void) {
  uintptr_t pointer;
  __asm__("mov %%fs:0, %0" : "=r"(pointer));
  return pointer;
}

static int is_current(volatile uintptr_t *word) {
  const uintptr_t old = *word;
  const uintptr_t mark = (uintptr_t)&old;
  *word = mark;
  const int is_found = (uintptr_t)current_thread() == mark;
  *word = old;
  return is_found;
}

static void search(void *result) {
  const uintptr_t top = thread_pointer();
  volatile uintptr_t *word = (volatile uintptr_t *)top;
  for (size_t bytes = 8; bytes <= kMostBytes; bytes += 8) {
    --word;
    if (!hg_is_readable((uintptr_t)word, sizeof *word)) return;
    if (!is_current(word)) continue;
    *(volatile uintptr_t **)result = word;
    return;
  }
}

const char *hg_set_thread(void) {
  if (current_thread() != NULL) return NULL; /* It had the GIL. */
  volatile uintptr_t *word = NULL;
  if (hg_guard(search, &word) != HG_DONE || word == NULL) {
    return "the interpreter's current thread was not found";
  }
  *word = (uintptr_t)any_thread();
  return NULL;
}

#else

const char *hg_set_thread(void) {
#if PY_VERSION_HEX >= 0x03070000
  uintptr_t *word = (uintptr_t *)&_PyRuntime.gilstate.tstate_current;
  if (*word == 0) *word = (uintptr_t)any_thread();
#else
  (void)any_thread;
#endif
  return NULL;
}

#endif
