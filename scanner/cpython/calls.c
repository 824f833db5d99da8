/* What the extension module asks of the interpreter that runs it: the functions
   of surroundings.h that call it.  All want the GIL. */

#include "internal.h"

#include <sched.h>

#if PY_VERSION_HEX >= 0x030c0000
#include <internal/pycore_runtime.h>
#include <internal/pycore_tracemalloc.h>
#if PY_VERSION_HEX >= 0x030e0000
#include <internal/pycore_lock.h>
#endif
#endif

PyInterpreterState *hg_current_interpreter(void) {
  return PyThreadState_Get()->interp;
}

/* The lock is taken without giving up the GIL, as HEAD_LOCK does, of which 3.13
   does not export all parts.  In a free-threaded build it is what stops the other
   threads that has it during a scan. */
#ifdef Py_GIL_DISABLED
void hg_lock_interpreters(void) {}
void hg_unlock_interpreters(void) {}
void hg_forget_waiting_threads(void) {
  _PyRuntime.interpreters.mutex._bits = _Py_LOCKED;
}
#elif PY_VERSION_HEX >= 0x030d0000
void hg_lock_interpreters(void) {
  uint8_t *bits = &_PyRuntime.interpreters.mutex._bits;
  for (;;) {
    uint8_t unlocked = _Py_UNLOCKED;
    if (_Py_atomic_compare_exchange_uint8(bits, &unlocked, _Py_LOCKED)) return;
    sched_yield();
  }
}
void hg_unlock_interpreters(void) {
  PyMutex_Unlock(&_PyRuntime.interpreters.mutex);
}
#elif PY_VERSION_HEX >= 0x030c0000
void hg_lock_interpreters(void) { HEAD_LOCK(&_PyRuntime); }
void hg_unlock_interpreters(void) { HEAD_UNLOCK(&_PyRuntime); }
#else
void hg_lock_interpreters(void) {}
void hg_unlock_interpreters(void) {}
#endif

/* The order of locks is tracemalloc's own: the GIL, then this one. */
#if PY_VERSION_HEX >= 0x030e0000
void hg_lock_traces(void) {
  _PyMutex_LockTimed(&_PyRuntime.tracemalloc.tables_lock, -1,
                     _Py_LOCK_DONT_DETACH);
}
void hg_unlock_traces(void) {
  PyMutex_Unlock(&_PyRuntime.tracemalloc.tables_lock);
}
#elif PY_VERSION_HEX >= 0x030c0000
void hg_lock_traces(void) {
  PyThread_acquire_lock(_PyRuntime.tracemalloc.tables_lock, WAIT_LOCK);
}
void hg_unlock_traces(void) {
  PyThread_release_lock(_PyRuntime.tracemalloc.tables_lock);
}
#else
void hg_lock_traces(void) {}
void hg_unlock_traces(void) {}
#endif

const char *hg_python_version(void) { return Py_GetVersion(); }

#if PY_VERSION_HEX < 0x030c0000

/* The function signal.getsignal, if it is the interpreter's: the table that it
   reads (Modules/signalmodule.c) has no other way to it. */
static PyObject *find_getsignal(void) {
  PyObject *module = hg_dict_value(hg_modules(), "_signal");
  if (module == NULL || !PyModule_Check(module)) return NULL;
  PyObject *function = hg_dict_value(hg_module_dict(module), "getsignal");
  if (function == NULL || !PyCFunction_Check(function)) return NULL;
  const PyMethodDef *method = ((PyCFunctionObject *)function)->m_ml;
  return hg_is_interpreters(method) && method->ml_flags == METH_O ? function
                                                                  : NULL;
}

PyObject *hg_find_signal_handler(int number) {
  PyObject *getsignal = find_getsignal();
  PyObject *argument = getsignal == NULL ? NULL : PyLong_FromLong(number);
  if (argument == NULL) return NULL;
  PyCFunctionObject *function = (PyCFunctionObject *)getsignal;
  PyObject *handler = function->m_ml->ml_meth(function->m_self, argument);
  Py_DECREF(argument);
  Py_XDECREF(handler); /* The table has it. */
  if (handler == NULL) PyErr_Clear();
  return handler;
}

#else

PyObject *hg_find_signal_handler(int number) {
  (void)number;
  return NULL;
}

#endif

/* Leaves the signal waiting; runs no Python code. */
int hg_is_interrupted(void) {
  if (!PyOS_InterruptOccurred()) return 0; /* Forgets it. */
  PyErr_SetInterrupt();
  return 1;
}
