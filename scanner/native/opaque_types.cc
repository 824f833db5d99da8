#include "native/opaque_types.h"

#include <cstring>

namespace heapgrind {
namespace {

// Static types of the interpreter itself have no module in their tp_name; their
// memory is in the tables of sizes (cpython/buffers.c and others).
bool IsBuiltin(PyTypeObject* type) {
  return (type->tp_flags & Py_TPFLAGS_HEAPTYPE) == 0 &&
         hg_is_interpreters_type(type) &&
         strchr(hg_type_name(type), '.') == nullptr;
}

}  // namespace

size_t OpaqueBytes(PyTypeObject* type) {
  PyTypeObject* solid = hg_solid_base(type);
  const size_t bytes = static_cast<size_t>(solid->tp_basicsize);
  const bool is_capsule = strcmp(hg_type_name(solid), "PyCapsule") == 0;
  const bool is_known = bytes <= sizeof(PyObject) ||
                        (IsBuiltin(solid) && !is_capsule) ||
                        hg_find_special_type(solid) != nullptr;
  return is_known ? 0 : bytes;
}

}  // namespace heapgrind
