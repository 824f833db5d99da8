// The Python module heapgrind._scanner.

#include "cpython/compat.h"
#include "export.h"
#include "module/module_functions.h"
#include "version.h"

namespace heapgrind {
namespace {

PyDoc_STRVAR(kPrepareDoc,
             "prepare(cls)\n--\n\n"
             "Learns from `cls`, which a class statement made, what all such\n"
             "classes have in common, and which objects are the interpreter's\n"
             "own.  Must be called before the others.");

PyObject* PrepareFunction(PyObject*, PyObject* cls) {
  if (!PyType_Check(cls)) {
    return PyErr_Format(PyExc_TypeError, "expected a class, got %.100s",
                        Py_TYPE(cls)->tp_name);
  }
  hg_learn_class(reinterpret_cast<PyTypeObject*>(cls));
  hg_learn_singletons();
  Py_RETURN_NONE;
}

PyMethodDef methods[] = {
    {"prepare", PrepareFunction, METH_O, kPrepareDoc},
    {"scan", ScanFunction, METH_VARARGS, kScanDoc},
    {"fork_scan", ForkScanFunction, METH_VARARGS, kForkScanDoc},
    {"memory_use", MemoryUseFunction, METH_VARARGS, kMemoryUseDoc},
    {"open_file", OpenFileFunction, METH_VARARGS, kOpenFileDoc},
    {"write_file", WriteFileFunction, METH_VARARGS, kWriteFileDoc},
    {"close_file", CloseFileFunction, METH_VARARGS, kCloseFileDoc},
    {"check_file", CheckFileFunction, METH_VARARGS, kCheckFileDoc},
    {"claim_hook", ClaimHookFunction, METH_O, kClaimHookDoc},
    {"malloc_bytes", MallocBytesFunction, METH_NOARGS, kMallocBytesDoc},
    {"make_room", MakeRoomFunction, METH_NOARGS, kMakeRoomDoc},
    {"set_exit_status", SetExitStatusFunction, METH_O, kSetExitStatusDoc},
    {"snapshot_state", SnapshotStateFunction, METH_O, kSnapshotStateDoc},
    {"snapshot_wait", SnapshotWaitFunction, METH_VARARGS, kSnapshotWaitDoc},
    {"watch", WatchFunction, METH_VARARGS, kWatchDoc},
    {"stop_watching", StopWatchingFunction, METH_NOARGS, kStopWatchingDoc},
    {"pause_watching", PauseWatchingFunction, METH_NOARGS, kPauseWatchingDoc},
    {"resume_watching", ResumeWatchingFunction, METH_O, kResumeWatchingDoc},
    {"owns_signal", OwnsSignalFunction, METH_NOARGS, kOwnsSignalDoc},
    {"take_signals", TakeSignalsFunction, METH_NOARGS, kTakeSignalsDoc},
    {nullptr, nullptr, 0, nullptr},
};

PyObject* Initialise(PyObject* module) {
  if (module == nullptr ||
      PyModule_AddStringConstant(module, "VERSION", kVersion) != 0) {
    return nullptr;
  }
#ifdef Py_GIL_DISABLED
  PyUnstable_Module_SetGIL(module, Py_MOD_GIL_NOT_USED);
#endif
  return module;
}

}  // namespace
}  // namespace heapgrind

#if PY_MAJOR_VERSION < 3

extern "C" HEAPGRIND_EXPORT void init_scanner(void) {
  if (!heapgrind::ProveLayouts()) return;
  heapgrind::Initialise(Py_InitModule("_scanner", heapgrind::methods));
}

#else

extern "C" HEAPGRIND_EXPORT PyObject* PyInit__scanner(void) {
  static PyModuleDef definition = {PyModuleDef_HEAD_INIT,
                                   "_scanner",
                                   "Writes heap dumps.",
                                   -1,
                                   heapgrind::methods,
                                   nullptr,
                                   nullptr,
                                   nullptr,
                                   nullptr};
  if (!heapgrind::ProveLayouts()) return nullptr;
  return heapgrind::Initialise(PyModule_Create(&definition));
}

#endif
