/* Threads: which there are, and what they hold.

   Layout: Include/cpython/pystate.h. */

#include "internal.h"

static PyThreadState *hidden_thread = NULL;

void hg_hide_thread(PyThreadState *thread) { hidden_thread = thread; }

static PyThreadState *unless_hidden(PyThreadState *thread) {
  return thread == NULL || thread != hidden_thread ? thread
                                                   : PyThreadState_Next(thread);
}

static PyThreadState *first_thread_from(PyInterpreterState *self) {
  for (; self != NULL; self = hg_next_interpreter(self)) {
    PyThreadState *thread = unless_hidden(PyInterpreterState_ThreadHead(self));
    if (thread != NULL) return thread;
  }
  return NULL;
}

PyThreadState *hg_first_thread(void) {
  return first_thread_from(hg_next_interpreter(NULL));
}

PyThreadState *hg_next_thread(PyThreadState *thread) {
  PyThreadState *next = unless_hidden(PyThreadState_Next(thread));
  return next != NULL ? next
                      : first_thread_from(hg_next_interpreter(thread->interp));
}

int hg_is_own_thread(PyThreadState *thread) {
  return thread->interp == hg_next_interpreter(NULL);
}

uint64_t hg_thread_id(PyThreadState *thread) {
  return (uint64_t)thread->thread_id;
}

/* Up to 3.7 the number of the main thread is private.  There it is the oldest
   one, and new threads come first in the list. */
int hg_is_main_thread(PyThreadState *thread) {
#if PY_VERSION_HEX >= 0x03080000
  return thread->thread_id == _PyRuntime.main_thread;
#else
  return PyThreadState_Next(thread) == NULL;
#endif
}

static void visit_exceptions(PyThreadState *thread, hg_reference_function visit,
                             void *context) {
#if PY_VERSION_HEX >= 0x030c0000
  hg_visit_field(thread->current_exception, "current_exception", visit,
                 context);
#else
  hg_visit_field(thread->curexc_type, "curexc_type", visit, context);
  hg_visit_field(thread->curexc_value, "curexc_value", visit, context);
  hg_visit_field(thread->curexc_traceback, "curexc_traceback", visit, context);
#endif
  /* The base of the stack of handled exceptions is in the thread's state;
     the others are in generators, which visit them. */
#if PY_VERSION_HEX >= 0x030b0000
  hg_visit_field(thread->exc_state.exc_value, "exc_value", visit, context);
#elif PY_VERSION_HEX >= 0x03070000
  hg_visit_field(thread->exc_state.exc_type, "exc_type", visit, context);
  hg_visit_field(thread->exc_state.exc_value, "exc_value", visit, context);
  hg_visit_field(thread->exc_state.exc_traceback, "exc_traceback", visit,
                 context);
#else
  hg_visit_field(thread->exc_type, "exc_type", visit, context);
  hg_visit_field(thread->exc_value, "exc_value", visit, context);
  hg_visit_field(thread->exc_traceback, "exc_traceback", visit, context);
#endif
}

#if PY_VERSION_HEX >= 0x030e0000
/* All states of threads are the beginning of a larger struct:
   Include/internal/pycore_tstate.h. */
static void visit_asyncio(PyThreadState *thread, hg_reference_function visit,
                          void *context) {
  _PyThreadStateImpl *self = (_PyThreadStateImpl *)thread;
  hg_visit_field(self->asyncio_running_loop, "asyncio_running_loop", visit,
                 context);
  hg_visit_field(self->asyncio_running_task, "asyncio_running_task", visit,
                 context);
}
#endif

void hg_visit_thread(PyThreadState *thread, hg_reference_function visit,
                     void *context) {
  hg_visit_field(thread->dict, "dict", visit, context);
  hg_visit_thread_locals(thread, visit, context);
  hg_visit_field(thread->c_profileobj, "profile", visit, context);
  hg_visit_field(thread->c_traceobj, "trace", visit, context);
  hg_visit_field(thread->async_exc, "async_exc", visit, context);
  visit_exceptions(thread, visit, context);
#if PY_VERSION_HEX >= 0x030e0000
  visit_asyncio(thread, visit, context);
#endif
#if PY_VERSION_HEX >= 0x03070000
  hg_visit_field(thread->context, "context", visit, context);
#endif
#if PY_VERSION_HEX >= 0x03060000
  hg_visit_field(thread->async_gen_firstiter, "async_gen_firstiter", visit,
                 context);
  hg_visit_field(thread->async_gen_finalizer, "async_gen_finalizer", visit,
                 context);
#endif
}
