// The functions of heapgrind._scanner that ask the process, or prepare it for
// the worst.

#include <stdlib.h>
#include <unistd.h>

#include "memory/memory_reserve.h"
#include "module/module_functions.h"
#include "process/malloc_bytes.h"
#include "process/memory_use.h"
#include "scan/scan_lock.h"

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

const char kMallocBytesDoc[] =
    "malloc_bytes()\n--\n\n"
    "Returns how many bytes of malloc's are in use; 0 where it does not say.";

PyObject* MallocBytesFunction(PyObject*, PyObject*) {
  return PyLong_FromUnsignedLongLong(MallocBytes());
}

const char kMemoryUseDoc[] =
    "memory_use(root='')\n--\n\n"
    "Returns (used, limit, anonymous, kills_group, limited_by), the first "
    "three\n"
    "in bytes: of the control group that has least left, whose folder is the\n"
    "last; else of the address space (\"RLIMIT_AS\") or the machine\n"
    "(\"MemTotal\").  The limit is 0 if none is known.  `root`: where the "
    "file\n"
    "system is that says so.";

PyObject* MemoryUseFunction(PyObject*, PyObject* arguments) {
  const char* root = "";
  if (!PyArg_ParseTuple(arguments, "|s:memory_use", &root)) return nullptr;
  MemoryGroup group;
  group.Find(root);
  const MemoryUse use = group.Read();
  const char* limited_by = group.limiting_folder();
  if (use.limited_by == MemoryLimit::kAddressSpace) limited_by = "RLIMIT_AS";
  if (use.limited_by == MemoryLimit::kMachine) limited_by = "MemTotal";
  return Py_BuildValue("KKKNs", static_cast<unsigned long long>(use.used),
                       static_cast<unsigned long long>(use.limit),
                       static_cast<unsigned long long>(use.anonymous),
                       PyBool_FromLong(use.kills_group), limited_by);
}

const char kMakeRoomDoc[] =
    "make_room()\n--\n\n"
    "Keeps some room in the address space; gives it back if there is little\n"
    "else, so that there can be a dump.";

PyObject* MakeRoomFunction(PyObject*, PyObject*) {
  const ScanLock lock;
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
