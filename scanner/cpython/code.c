/* Code objects and functions: their parts by name.

   Code objects have no tp_traverse; that their types have no subclasses proves
   their fields.  Layouts: code.h and funcobject.h in Include/cpython. */

#include "internal.h"

static PyCodeObject *as_code(PyObject *code) { return (PyCodeObject *)code; }

#if PY_VERSION_HEX >= 0x030b0000

static void visit_variables(PyCodeObject *self, hg_reference_function visit,
                            void *context) {
  hg_visit_field(self->co_localsplusnames, "co_localsplusnames", visit,
                 context);
  hg_visit_field(self->co_localspluskinds, "co_localspluskinds", visit,
                 context);
  hg_visit_field(self->co_exceptiontable, "co_exceptiontable", visit, context);
  hg_visit_field(self->co_linetable, "co_linetable", visit, context);
  hg_visit_field(self->co_qualname, "co_qualname", visit, context);
#if PY_VERSION_HEX >= 0x030c0000
  if (self->_co_cached == NULL) return;
  hg_visit_field(self->_co_cached->_co_code, "co_code", visit, context);
  hg_visit_field(self->_co_cached->_co_varnames, "co_varnames", visit, context);
  hg_visit_field(self->_co_cached->_co_cellvars, "co_cellvars", visit, context);
  hg_visit_field(self->_co_cached->_co_freevars, "co_freevars", visit, context);
#else
  hg_visit_field(self->_co_code, "co_code", visit, context);
#endif
}

/* Without a GIL threads specialise bytecode of their own.  The first entry is
   the object's. */
static void add_bytecode_of_threads(PyCodeObject *self, hg_blocks *blocks) {
#if PY_VERSION_HEX >= 0x030e0000 && defined(Py_GIL_DISABLED)
  hg_block copies = {NULL, (size_t)Py_SIZE(self) * sizeof(_Py_CODEUNIT), 0, 0};
  for (Py_ssize_t i = 1; i < self->co_tlbc->size; ++i) {
    copies.count += self->co_tlbc->entries[i] != NULL;
  }
  hg_add_block(blocks, offsetof(_PyCodeArray, entries) +
                           (size_t)self->co_tlbc->size * sizeof(char *));
  hg_add_blocks(blocks, copies);
#else
  (void)self;
  (void)blocks;
#endif
}

/* The bytecode is a part of the object: Py_SIZE counts its units. */
size_t hg_code_bytes(PyObject *code, hg_blocks *blocks) {
  PyCodeObject *self = as_code(code);
#if PY_VERSION_HEX >= 0x030c0000
  if (self->_co_cached != NULL) hg_add_block(blocks, sizeof(_PyCoCached));
#else
  if (self->_co_linearray != NULL) {
    hg_add_block(
        blocks, (size_t)Py_SIZE(code) * (size_t)self->_co_linearray_entry_size);
  }
#endif
  add_bytecode_of_threads(self, blocks);
  return (size_t)_PyObject_VAR_SIZE(Py_TYPE(code), Py_SIZE(code));
}

PyObject *hg_code_qualname(PyCodeObject *code) { return code->co_qualname; }

#else

static void visit_variables(PyCodeObject *self, hg_reference_function visit,
                            void *context) {
  hg_visit_field(self->co_code, "co_code", visit, context);
  hg_visit_field(self->co_varnames, "co_varnames", visit, context);
  hg_visit_field(self->co_cellvars, "co_cellvars", visit, context);
  hg_visit_field(self->co_freevars, "co_freevars", visit, context);
#if PY_VERSION_HEX >= 0x030a0000
  hg_visit_field(self->co_linetable, "co_linetable", visit, context);
#else
  hg_visit_field(self->co_lnotab, "co_lnotab", visit, context);
#endif
}

#if PY_VERSION_HEX >= 0x03080000
/* _PyOpcache of 3.8 to 3.10, in Include/internal/pycore_code.h. */
typedef struct {
  void *object;
  uint64_t versions[2];
  char is_optimized;
} opcode_cache;
#endif

size_t hg_code_bytes(PyObject *code, hg_blocks *blocks) {
  PyCodeObject *self = as_code(code);
#if PY_VERSION_HEX >= 0x03000000
  if (self->co_cell2arg != NULL && self->co_cellvars != NULL) {
    hg_add_block(blocks, (size_t)PyTuple_GET_SIZE(self->co_cellvars) *
                             sizeof(*self->co_cell2arg));
  }
#endif
#if PY_VERSION_HEX >= 0x03080000
  if (self->co_opcache_map != NULL && self->co_code != NULL) {
    hg_add_block(
        blocks, (size_t)PyBytes_GET_SIZE(self->co_code) / sizeof(_Py_CODEUNIT));
    hg_add_block(blocks, self->co_opcache_size * sizeof(opcode_cache));
  }
#endif
  (void)self;
  (void)blocks;
  return (size_t)Py_TYPE(code)->tp_basicsize;
}

PyObject *hg_code_qualname(PyCodeObject *code) {
  (void)code;
  return NULL;
}

#endif

void hg_visit_code(PyObject *code, hg_reference_function visit, void *context) {
  PyCodeObject *self = as_code(code);
  hg_visit_field(self->co_name, "co_name", visit, context);
  hg_visit_field(self->co_filename, "co_filename", visit, context);
  hg_visit_field(self->co_consts, "co_consts", visit, context);
  hg_visit_field(self->co_names, "co_names", visit, context);
  visit_variables(self, visit, context);
}

PyObject *hg_code_name(PyCodeObject *code) { return code->co_name; }
PyObject *hg_code_file(PyCodeObject *code) { return code->co_filename; }
int hg_code_line(PyCodeObject *code) { return code->co_firstlineno; }

static PyFunctionObject *as_function(PyObject *function) {
  return (PyFunctionObject *)function;
}

/* The names of a code object's arguments and other variables, the arguments
   first, in their order. */
static PyObject *variable_names(PyCodeObject *code) {
#if PY_VERSION_HEX >= 0x030b0000
  return code->co_localsplusnames;
#else
  return code->co_varnames;
#endif
}

static PyObject *tuple_item(PyObject *tuple, Py_ssize_t index) {
  if (tuple == NULL || !PyTuple_Check(tuple)) return NULL;
  if (index < 0 || index >= PyTuple_GET_SIZE(tuple)) return NULL;
  return PyTuple_GET_ITEM(tuple, index);
}

/* The name of a free variable.  From 3.11 on they end the list of all. */
static PyObject *free_variable_name(PyCodeObject *code, Py_ssize_t index) {
#if PY_VERSION_HEX >= 0x030b0000
  return tuple_item(code->co_localsplusnames,
                    code->co_nlocalsplus - code->co_nfreevars + index);
#else
  return tuple_item(code->co_freevars, index);
#endif
}

/* Each cell as `cell VARIABLE`. */
static void visit_cells(PyFunctionObject *self, hg_reference_function visit,
                        void *context) {
  PyObject *closure = self->func_closure;
  if (closure == NULL || !PyTuple_Check(closure)) return;
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(closure); ++i) {
    PyObject *name = free_variable_name(as_code(self->func_code), i);
    PyObject *cell = PyTuple_GET_ITEM(closure, i);
    if (name != NULL && cell != NULL) visit(context, cell, "cell ", name);
  }
}

/* Default values belong to the last arguments. */
static void visit_default_values(PyFunctionObject *self,
                                 hg_reference_function visit, void *context) {
  PyObject *defaults = self->func_defaults;
  PyCodeObject *code = as_code(self->func_code);
  if (defaults == NULL || !PyTuple_Check(defaults)) return;
  const Py_ssize_t first = code->co_argcount - PyTuple_GET_SIZE(defaults);
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(defaults); ++i) {
    PyObject *name = tuple_item(variable_names(code), first + i);
    PyObject *value = PyTuple_GET_ITEM(defaults, i);
    if (name != NULL && value != NULL) visit(context, value, NULL, name);
  }
}

#if PY_VERSION_HEX >= 0x03000000
static void visit_keyword_default_values(PyFunctionObject *self,
                                         hg_reference_function visit,
                                         void *context) {
  PyObject *name, *value;
  Py_ssize_t position = 0;
  if (self->func_kwdefaults == NULL) return;
  if (!PyDict_Check(self->func_kwdefaults)) return;
  while (PyDict_Next(self->func_kwdefaults, &position, &name, &value)) {
    visit(context, value, NULL, name);
  }
}
#endif

void hg_visit_function(PyObject *function, hg_reference_function visit,
                       void *context) {
  PyFunctionObject *self = as_function(function);
  hg_visit_field(self->func_code, "__code__", visit, context);
  hg_visit_field(self->func_globals, "__globals__", visit, context);
  hg_visit_field(self->func_module, "__module__", visit, context);
  hg_visit_field(self->func_name, "__name__", visit, context);
  hg_visit_field(self->func_defaults, "__defaults__", visit, context);
  hg_visit_field(self->func_closure, "__closure__", visit, context);
  hg_visit_field(self->func_doc, "__doc__", visit, context);
  hg_visit_field(self->func_dict, "__dict__", visit, context);
#if PY_VERSION_HEX >= 0x03000000
  hg_visit_field(self->func_qualname, "__qualname__", visit, context);
  hg_visit_field(self->func_kwdefaults, "__kwdefaults__", visit, context);
  hg_visit_field(self->func_annotations, "__annotations__", visit, context);
#endif
#if PY_VERSION_HEX >= 0x030a0000
  hg_visit_field(self->func_builtins, "__builtins__", visit, context);
#endif
#if PY_VERSION_HEX >= 0x030c0000
  hg_visit_field(self->func_typeparams, "__type_params__", visit, context);
#endif
#if PY_VERSION_HEX >= 0x030e0000
  hg_visit_field(self->func_annotate, "__annotate__", visit, context);
#endif
  if (self->func_code == NULL || !PyCode_Check(self->func_code)) return;
  visit_cells(self, visit, context);
  visit_default_values(self, visit, context);
#if PY_VERSION_HEX >= 0x03000000
  visit_keyword_default_values(self, visit, context);
#endif
}

PyObject *hg_function_name(PyObject *function) {
  return as_function(function)->func_name;
}

PyObject *hg_function_module(PyObject *function) {
  return as_function(function)->func_module;
}

PyObject *hg_function_qualname(PyObject *function) {
#if PY_VERSION_HEX >= 0x03000000
  return as_function(function)->func_qualname;
#else
  (void)function;
  return NULL;
#endif
}
