/* What signals and, from 3.12 on, events of sys.monitoring call.

   Up to 3.11 the handlers are in a table of the signal module (signalmodule.c)
   that has no exported name. */

#include "internal.h"
#include "surroundings.h"

#if PY_VERSION_HEX >= 0x030c0000

#include <internal/pycore_signal.h>

void hg_learn_signals(void) {}

static PyObject *handler_of(int number) {
#if PY_VERSION_HEX >= 0x030d0000
  return _PyRuntime.signals.handlers[number].func;
#else
  return (PyObject *)_PyRuntime.signals.handlers[number].func._value;
#endif
}

void hg_visit_signals(hg_reference_function visit, void *context) {
  for (int i = 1; i < Py_NSIG; ++i) {
    hg_visit_field(handler_of(i), "signal handler", visit, context);
  }
}

#else

enum { kSignals = 65 };

static PyObject *handlers[kSignals];

void hg_learn_signals(void) {
  for (int i = 1; i < kSignals; ++i) handlers[i] = hg_find_signal_handler(i);
}

void hg_visit_signals(hg_reference_function visit, void *context) {
  for (int i = 1; i < kSignals; ++i) {
    PyObject *handler = handlers[i];
    if (handler == Py_None || handler == NULL) continue;
    visit(context, handler, "signal handler", NULL);
  }
}

#endif
