// heapgrind._scanner.start_agent, for a process that was asked to run a script.

#include "attach/attach_agent.h"
#include "module/module_functions.h"

namespace heapgrind {

const char kStartAgentDoc[] =
    "start_agent(dump, report, value_length, max_references)\n--\n\n"
    "Starts a thread that dumps this process to the descriptor `dump` and "
    "says\n"
    "on `report` what it does (attach_agent.h); it closes both.\n"
    "Raises OSError if there can be no thread; both are closed.";

PyObject* StartAgentFunction(PyObject*, PyObject* arguments) {
  int pipes[4] = {-1, -1, -1, -1};
  Py_ssize_t value_length;
  Py_ssize_t max_references;
  if (!PyArg_ParseTuple(arguments, "iinn:start_agent", &pipes[1], &pipes[3],
                        &value_length, &max_references)) {
    return nullptr;
  }
  if (value_length < 0 || max_references < 0) {
    PyErr_SetString(PyExc_ValueError, "expected numbers that are not negative");
    return nullptr;
  }
  const int error = HeapgrindAttachStart(pipes, value_length, max_references);
  if (error != 0) return RaiseError(error);
  Py_RETURN_NONE;
}

}  // namespace heapgrind
