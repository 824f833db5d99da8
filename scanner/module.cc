// The Python module heapgrind._scanner: the scan as a function.

#include <errno.h>

#include "cpython/compat.h"
#include "scan.h"
#include "version.h"

namespace heapgrind {
namespace {

PyDoc_STRVAR(
    kScanDoc,
    "scan(fd, value_length)\n--\n\n"
    "Writes a heap dump of this process to the file descriptor `fd`.\n\n"
    "At most `value_length` characters of each string are written.\n"
    "Returns (objects, size, dump_bytes).\n"
    "Raises OSError if the dump cannot be written, MemoryError if the scan\n"
    "gets no memory; what was written until then has no end record.");

PyObject* RaiseError(int error) {
  if (error == ENOMEM) return PyErr_NoMemory();
  errno = error;
  return PyErr_SetFromErrno(PyExc_OSError);
}

PyObject* ScanFunction(PyObject*, PyObject* arguments) {
  int fd;
  Py_ssize_t value_length;
  if (!PyArg_ParseTuple(arguments, "in:scan", &fd, &value_length)) {
    return nullptr;
  }
  if (value_length < 0) value_length = 0;
  const ScanResult result = Scan(fd, {static_cast<size_t>(value_length)});
  if (result.error != 0) return RaiseError(result.error);
  return Py_BuildValue("KKK", static_cast<unsigned long long>(result.num_objects),
                       static_cast<unsigned long long>(result.size),
                       static_cast<unsigned long long>(result.dump_bytes));
}

PyMethodDef methods[] = {
    {"scan", ScanFunction, METH_VARARGS, kScanDoc},
    {nullptr, nullptr, 0, nullptr},
};

PyObject* Initialise(PyObject* module) {
  if (module == nullptr || hg_prepare_types() != 0 ||
      PyModule_AddStringConstant(module, "VERSION", kVersion) != 0) {
    return nullptr;
  }
  return module;
}

}  // namespace
}  // namespace heapgrind

#if PY_MAJOR_VERSION < 3

PyMODINIT_FUNC init_scanner(void) {
  heapgrind::Initialise(Py_InitModule("_scanner", heapgrind::methods));
}

#else

PyMODINIT_FUNC PyInit__scanner(void) {
  static PyModuleDef definition = {
      PyModuleDef_HEAD_INIT, "_scanner", "Writes heap dumps.", -1,
      heapgrind::methods,    nullptr,    nullptr,              nullptr,
      nullptr};
  return heapgrind::Initialise(PyModule_Create(&definition));
}

#endif
