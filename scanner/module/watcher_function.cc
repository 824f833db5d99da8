// The functions of heapgrind._scanner that watch.

#include <algorithm>

#include "module/module_functions.h"
#include "watch/watcher.h"

namespace heapgrind {

const char kWatchDoc[] =
    "watch(callback, signal, resident_limit, interval, limit_shares)\n--\n\n"
    "Calls `callback`, on a thread of its own, with \"signal\" when the "
    "signal\n"
    "comes, \"rss\" when more bytes are resident, \"every\" after each "
    "interval\n"
    "(seconds); 0 stands for none of it.  \"limit\" when more than one of the\n"
    "shares, at most 8 in a tuple, of what limits the memory is used.\n"
    "Returns False if the signal was not at its default, and is left alone.\n"
    "Raises OSError if there can be no thread, or one watches already.";

namespace {

// False with an exception set.
bool TakeShares(PyObject* shares, WatchSettings* settings) {
  const size_t count = static_cast<size_t>(PyTuple_GET_SIZE(shares));
  settings->num_limit_shares = std::min(count, kMostShares);
  for (size_t i = 0; i < settings->num_limit_shares; ++i) {
    settings->limit_shares[i] = PyFloat_AsDouble(PyTuple_GET_ITEM(shares, i));
  }
  return PyErr_Occurred() == nullptr;
}

}  // namespace

PyObject* WatchFunction(PyObject*, PyObject* arguments) {
  PyObject* callback;
  int signal_number;
  unsigned long long resident_limit;
  double interval;
  PyObject* shares;
  if (!PyArg_ParseTuple(arguments, "OiKdO!:watch", &callback, &signal_number,
                        &resident_limit, &interval, &PyTuple_Type, &shares)) {
    return nullptr;
  }
  WatchSettings settings = {signal_number, resident_limit, interval, {}, 0};
  if (!TakeShares(shares, &settings)) return nullptr;
  bool is_signal_ours = false;
  const int error = StartWatcher(settings, callback, &is_signal_ours);
  if (error != 0) return RaiseError(error);
  return PyBool_FromLong(is_signal_ours);
}

const char kStopWatchingDoc[] =
    "stop_watching()\n--\n\n"
    "Ends what `watch` began, and waits for a call that runs.";

PyObject* StopWatchingFunction(PyObject*, PyObject*) {
  StopWatcher();
  Py_RETURN_NONE;
}

const char kPauseWatchingDoc[] =
    "pause_watching()\n--\n\n"
    "Puts the thread away, for a fork.";

PyObject* PauseWatchingFunction(PyObject*, PyObject*) {
  PauseWatcher();
  Py_RETURN_NONE;
}

const char kResumeWatchingDoc[] =
    "resume_watching(is_child)\n--\n\n"
    "Goes on watching after a fork.";

PyObject* ResumeWatchingFunction(PyObject*, PyObject* is_child) {
  const int error = PyObject_IsTrue(is_child) ? ResumeWatcherInChild()
                                              : ResumeWatcherInParent();
  if (error != 0) return RaiseError(error);
  Py_RETURN_NONE;
}

const char kOwnsSignalDoc[] =
    "owns_signal()\n--\n\n"
    "False if the signal does not lead to `watch` any more.";

PyObject* OwnsSignalFunction(PyObject*, PyObject*) {
  return PyBool_FromLong(OwnsSignal());
}

const char kTakeSignalsDoc[] =
    "take_signals()\n--\n\n"
    "Returns how many signals came since the callback was called, and forgets\n"
    "them.";

PyObject* TakeSignalsFunction(PyObject*, PyObject*) {
  return PyLong_FromUnsignedLong(TakeSignals());
}

}  // namespace heapgrind
