/* Built-in objects whose memory neither tp_basicsize nor tp_traverse shows.

   But for a module's their structs are in CPython's headers. */

#include "special_types.h"

static size_t items_length(PyObject *object) { return (size_t)Py_SIZE(object); }

/* While a list is sorted it is empty, and has -1 elements allocated. */
static void list_blocks(PyObject *object, hg_blocks *blocks) {
  const PyListObject *self = (PyListObject *)object;
  size_t words = self->allocated < 0 ? 0 : (size_t)self->allocated;
#ifdef Py_GIL_DISABLED
  if (words != 0) ++words; /* The length stands in front of the elements. */
#endif
  hg_add_block_at(blocks, self->ob_item, words * sizeof(PyObject *));
}

/* From 3.15 on the buffer is a bytes object of its own, which nothing else
   knows; what is empty shares one. */
static void bytearray_blocks(PyObject *object, hg_blocks *blocks) {
  size_t bytes = (size_t)((PyByteArrayObject *)object)->ob_alloc;
#if PY_VERSION_HEX >= 0x030f0000
  if (bytes != 0) bytes += (size_t)PyBytes_Type.tp_basicsize;
#endif
  hg_add_block_at(blocks, ((PyByteArrayObject *)object)->ob_bytes, bytes);
}

static hg_range bytearray_owned(PyObject *object) {
  const PyByteArrayObject *self = (PyByteArrayObject *)object;
  const hg_range range = {(uintptr_t)self->ob_bytes, (size_t)self->ob_alloc};
  return range;
}

static void set_blocks(PyObject *object, hg_blocks *blocks) {
  PySetObject *self = (PySetObject *)object;
  if (self->table == self->smalltable) return;
  hg_add_block_at(blocks, self->table,
                  ((size_t)self->mask + 1) * sizeof(setentry));
}

static void dict_blocks(PyObject *object, hg_blocks *blocks) {
  hg_dict_blocks(object, blocks);
}

/* cells, copies of modules: parts whose names only the type knows */

static void cell_visit(PyObject *object, hg_reference_function visit,
                       void *context) {
  hg_visit_field(((PyCellObject *)object)->ob_ref, "cell_contents", visit,
                 context);
}

/* Objects/moduleobject.c: the same in all versions. */
typedef struct {
  PyObject head;
  PyObject *dict;
} module_object;

PyObject *hg_module_dict(PyObject *module) {
  return ((module_object *)module)->dict;
}

#if PY_VERSION_HEX >= 0x03020000
/* A module of C code that keeps its variables in static memory is loaded again
   from a copy of its namespace, which its definition holds (Python/import.c,
   3.2 to 3.14). */
static void module_visit(PyObject *object, hg_reference_function visit,
                         void *context) {
  PyModuleDef *definition = PyModule_GetDef(object);
  if (definition == NULL) return;
  hg_visit_field(definition->m_base.m_copy, "m_copy", visit, context);
}
#endif

static void cfunction_visit(PyObject *object, hg_reference_function visit,
                            void *context) {
  PyCFunctionObject *self = (PyCFunctionObject *)object;
  hg_visit_field(self->m_self, "__self__", visit, context);
  hg_visit_field(self->m_module, "__module__", visit, context);
}

const hg_special_row hg_builtin_rows[] = {
    {"list", 0, {NULL, NULL, list_blocks, NULL}, NULL},
    {"dict", 0, {NULL, NULL, dict_blocks, NULL}, NULL},
#if PY_VERSION_HEX >= 0x030f0000
    {"frozendict", 0, {NULL, NULL, dict_blocks, NULL}, NULL},
#endif
    {"set", 0, {NULL, NULL, set_blocks, NULL}, NULL},
    {"frozenset", 0, {NULL, NULL, set_blocks, NULL}, NULL},
    {"bytearray",
     0,
     {NULL, NULL, bytearray_blocks, items_length},
     bytearray_owned},
    {"cell", 0, {cell_visit, NULL, NULL, NULL}, NULL},
#if PY_VERSION_HEX >= 0x03020000
    {"module", 0, {module_visit, NULL, NULL, NULL}, NULL},
#endif
    {"builtin_function_or_method",
     0,
     {cfunction_visit, NULL, NULL, NULL},
     NULL},
    {NULL, 0, {NULL, NULL, NULL, NULL}, NULL},
};
