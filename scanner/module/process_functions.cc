// The functions of heapgrind._scanner that prepare the process for the worst.

#include <stdlib.h>
#include <unistd.h>

#include "memory/memory_reserve.h"
#include "module/module_functions.h"

namespace heapgrind {

const char kClaimHookDoc[] =
    "claim_hook(claims)\n--\n\n"
    "Says that this process has a hook, in whichever interpreter, or has none\n"
    "any more.  Returns False if that was so.";

PyObject* ClaimHookFunction(PyObject*, PyObject* claims) {
  static bool is_claimed = false;
  const bool was_claimed = is_claimed;
  is_claimed = PyObject_IsTrue(claims) != 0;
  return PyBool_FromLong(was_claimed != is_claimed);
}

const char kMakeRoomDoc[] =
    "make_room()\n--\n\n"
    "Keeps some room in the address space; gives it back if there is little\n"
    "else, so that there can be a dump.";

PyObject* MakeRoomFunction(PyObject*, PyObject*) {
  MakeRoom();
  Py_RETURN_NONE;
}

const char kSetExitStatusDoc[] =
    "set_exit_status(status)\n--\n\n"
    "Lets this process, when Python has ended in it, end with this status.";

namespace {

int exit_status = 0;
pid_t exiting_process = 0;

// The last that Py_FinalizeEx does.
void Exit() {
  if (getpid() == exiting_process) exit(exit_status);
}

}  // namespace

PyObject* SetExitStatusFunction(PyObject*, PyObject* status) {
  const long number = PyLong_AsLong(status);
  if (number == -1 && PyErr_Occurred()) return nullptr;
  if (exiting_process == 0) Py_AtExit(Exit);
  exit_status = static_cast<int>(number);
  exiting_process = getpid();
  Py_RETURN_NONE;
}

}  // namespace heapgrind
