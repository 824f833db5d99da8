// The Python module heapgrind._scanner: the scan as a function.

#include <errno.h>

#include "cpython/compat.h"
#include "scan.h"
#include "version.h"

namespace heapgrind {
namespace {

PyDoc_STRVAR(
    kScanDoc,
    "scan(fd, value_length, max_references, low_memory, compression)\n--\n\n"
    "Writes a heap dump of this process to the file descriptor `fd`.\n\n"
    "At most `value_length` characters of each string are written; 0: of keys\n"
    "alone.  `max_references`: of those without names, in a record; 0: any\n"
    "number.  `low_memory`: works in temporary files.  `compression`: 0\n"
    "none, 1 gzip, 2 zstd.\n"
    "Returns (objects, size, dump_bytes, explained); explained is -1 where "
    "the\n"
    "allocators do not say what they have handed out.\n"
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
  Py_ssize_t max_references;
  int low_memory;
  int compression;
  if (!PyArg_ParseTuple(arguments, "innii:scan", &fd, &value_length,
                        &max_references, &low_memory, &compression)) {
    return nullptr;
  }
  const auto at_least_zero = [](Py_ssize_t number) {
    return static_cast<size_t>(number < 0 ? 0 : number);
  };
  const ScanResult result =
      Scan(fd, {at_least_zero(value_length), at_least_zero(max_references),
                low_memory != 0, static_cast<Compression>(compression)});
  if (result.error != 0) return RaiseError(result.error);
  return Py_BuildValue(
      "KKKd", static_cast<unsigned long long>(result.num_objects),
      static_cast<unsigned long long>(result.size),
      static_cast<unsigned long long>(result.dump_bytes), result.explained);
}

PyDoc_STRVAR(kPrepareDoc,
             "prepare(cls)\n--\n\n"
             "Learns from `cls`, which a class statement made, what all such\n"
             "classes have in common.  Must be called before scan.");

PyObject* PrepareFunction(PyObject*, PyObject* cls) {
  if (!PyType_Check(cls)) {
    return PyErr_Format(PyExc_TypeError, "expected a class, got %.100s",
                        Py_TYPE(cls)->tp_name);
  }
  hg_learn_class(reinterpret_cast<PyTypeObject*>(cls));
  Py_RETURN_NONE;
}

PyMethodDef methods[] = {
    {"prepare", PrepareFunction, METH_O, kPrepareDoc},
    {"scan", ScanFunction, METH_VARARGS, kScanDoc},
    {nullptr, nullptr, 0, nullptr},
};

PyObject* Initialise(PyObject* module) {
  if (module == nullptr ||
      PyModule_AddStringConstant(module, "VERSION", kVersion) != 0) {
    return nullptr;
  }
#ifdef Py_GIL_DISABLED
  // A scan stops the other threads itself.
  PyUnstable_Module_SetGIL(module, Py_MOD_GIL_NOT_USED);
#endif
  return module;
}

}  // namespace
}  // namespace heapgrind

// Up to 3.8 PyMODINIT_FUNC does not make the function visible.
#define HEAPGRIND_EXPORT __attribute__((visibility("default")))

#if PY_MAJOR_VERSION < 3

extern "C" HEAPGRIND_EXPORT void init_scanner(void) {
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
  return heapgrind::Initialise(PyModule_Create(&definition));
}

#endif
