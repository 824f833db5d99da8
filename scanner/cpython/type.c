/* Classes: what type objects refer to.

   What a type object's fields hold the interpreter itself follows, at each
   look-up of an attribute; only while the type is made are they NULL.  The
   longer struct of a heap type stands where Py_TPFLAGS_HEAPTYPE does.

   Layouts: Include/cpython/object.h, Objects/typeobject.c. */

#include "internal.h"
#include "surroundings.h"

static traverseproc subtype_traverse = NULL;
static destructor subtype_dealloc = NULL;

void hg_learn_class(PyTypeObject *type) {
  subtype_traverse = type->tp_traverse;
  subtype_dealloc = type->tp_dealloc;
}

int hg_is_class_statement_type(PyTypeObject *type) {
  return type->tp_dealloc == subtype_dealloc;
}

traverseproc hg_subtype_traverse(void) { return subtype_traverse; }

#if PY_VERSION_HEX >= 0x030d0000
typedef managed_static_type_state hg_static_state;
#elif PY_VERSION_HEX >= 0x030c0000
typedef static_builtin_state hg_static_state;
#endif

#if PY_VERSION_HEX >= 0x030c0000

typedef struct {
  hg_static_state *states;
  size_t count;
} hg_static_states;

/* Static types of the core and (3.13) of the standard library, whose dicts the
   interpreter keeps.  The table has holes. */
static int static_states(hg_static_states states[2]) {
  struct types_state *types = &hg_current_interpreter()->types;
#if PY_VERSION_HEX >= 0x030d0000
  states[0].states = types->builtins.initialized;
  states[0].count = _Py_MAX_MANAGED_STATIC_BUILTIN_TYPES;
  states[1].states = types->for_extensions.initialized;
  states[1].count = _Py_MAX_MANAGED_STATIC_EXT_TYPES;
  return 2;
#else
  states[0].states = types->builtins;
  states[0].count = _Py_MAX_STATIC_BUILTIN_TYPES;
  return 1;
#endif
}

static hg_static_state *static_state(PyTypeObject *type) {
  if (!(type->tp_flags & _Py_TPFLAGS_STATIC_BUILTIN)) return NULL;
  hg_static_states states[2];
  const int count = static_states(states);
  for (int i = 0; i < count; ++i) {
    for (size_t j = 0; j < states[i].count; ++j) {
      if (states[i].states[j].type == type) return &states[i].states[j];
    }
  }
  return NULL;
}

PyObject *hg_type_dict(PyTypeObject *type) {
  hg_static_state *state = static_state(type);
  return state != NULL ? state->tp_dict : type->tp_dict;
}

static PyObject *subclasses(PyTypeObject *type) {
  if (!(type->tp_flags & _Py_TPFLAGS_STATIC_BUILTIN)) {
    return (PyObject *)type->tp_subclasses;
  }
  hg_static_state *state = static_state(type);
  return state != NULL ? state->tp_subclasses : NULL;
}

#else

PyObject *hg_type_dict(PyTypeObject *type) { return type->tp_dict; }
static PyObject *subclasses(PyTypeObject *type) { return type->tp_subclasses; }

#endif

static int is_heap_type(PyTypeObject *type) {
  return (type->tp_flags & Py_TPFLAGS_HEAPTYPE) != 0;
}

void hg_visit_type(PyTypeObject *type, hg_reference_function visit,
                   void *context) {
  hg_visit_field(hg_type_dict(type), "__dict__", visit, context);
  hg_visit_field((PyObject *)type->tp_base, "__base__", visit, context);
  hg_visit_field(type->tp_bases, "__bases__", visit, context);
  hg_visit_field(type->tp_mro, "__mro__", visit, context);
  hg_visit_field(subclasses(type), "__subclasses__", visit, context);
  hg_visit_field(type->tp_cache, "tp_cache", visit, context);
  if (!is_heap_type(type)) return;
  PyHeapTypeObject *heap = (PyHeapTypeObject *)type;
  hg_visit_field(heap->ht_name, "__name__", visit, context);
  hg_visit_field(heap->ht_slots, "__slots__", visit, context);
#if PY_VERSION_HEX >= 0x03000000
  hg_visit_field(heap->ht_qualname, "__qualname__", visit, context);
#endif
#if PY_VERSION_HEX >= 0x03090000
  hg_visit_field(heap->ht_module, "ht_module", visit, context);
#endif
}

PyObject *hg_type_field_names(PyTypeObject *type) {
  for (; type != NULL && type != &PyTuple_Type; type = type->tp_base) {
    if (!hg_is_class_statement_type(type)) continue;
    PyObject *fields = hg_dict_value(hg_type_dict(type), "_fields");
    if (fields != NULL) return PyTuple_CheckExact(fields) ? fields : NULL;
  }
  return NULL;
}

/* The text that a heap type's name object keeps as UTF-8; NULL if there is
   none. */
static const char *name_of_heap_type(PyTypeObject *type) {
#if PY_VERSION_HEX >= 0x03000000
  PyObject *name = ((PyHeapTypeObject *)type)->ht_name;
  if (name == NULL || !PyUnicode_Check(name)) return NULL;
  if (PyUnicode_IS_COMPACT_ASCII(name)) {
    return (const char *)PyUnicode_DATA(name);
  }
  return ((PyCompactUnicodeObject *)name)->utf8;
#else
  (void)type;
  return NULL;
#endif
}

/* PyType_FromSpec of up to 3.10 leaves tp_name in memory of its caller, who may
   have freed it; the name object is the type's own. */
const char *hg_type_name(PyTypeObject *type) {
  const char *name = is_heap_type(type) ? name_of_heap_type(type) : NULL;
  if (name != NULL) return name;
  return type->tp_name == NULL ? "" : type->tp_name;
}

PyObject *hg_type_qualname(PyTypeObject *type) {
  if (!is_heap_type(type)) return NULL;
#if PY_VERSION_HEX >= 0x03000000
  return ((PyHeapTypeObject *)type)->ht_qualname;
#else
  return ((PyHeapTypeObject *)type)->ht_name;
#endif
}

int hg_type_line(PyTypeObject *type) {
#if PY_VERSION_HEX >= 0x030d0000
  PyObject *line = hg_dict_value(hg_type_dict(type), "__firstlineno__");
  int64_t number = 0;
  if (line != NULL && PyLong_CheckExact(line) &&
      hg_int_value(line, &number) == 1 && number <= INT32_MAX) {
    return (int)number;
  }
#endif
  (void)type;
  return 0;
}

void hg_type_blocks(PyTypeObject *type, hg_blocks *blocks) {
  if (!is_heap_type(type)) return;
  hg_add_block(blocks, hg_shared_keys_bytes(type));
  if (type->tp_doc != NULL) hg_add_block(blocks, strlen(type->tp_doc) + 1);
#if PY_VERSION_HEX >= 0x030b0000
  const char *name = ((PyHeapTypeObject *)type)->_ht_tpname;
  if (name != NULL) hg_add_block(blocks, strlen(name) + 1);
#endif
}

/* Where a walk over the subclasses of a type stands: tp_subclasses is a
   dictionary of weak references, up to 3.3 a list. */
typedef struct {
  PyObject *all;
  Py_ssize_t position;
} subclass_walk;

/* The next static subclass; NULL after the last. */
static PyTypeObject *next_static_subclass(subclass_walk *walk) {
  PyObject *key, *reference;
  while (walk->all != NULL) {
    if (PyDict_Check(walk->all)) {
      if (!PyDict_Next(walk->all, &walk->position, &key, &reference)) break;
    } else {
      if (!PyList_Check(walk->all)) break;
      if (walk->position == PyList_GET_SIZE(walk->all)) break;
      reference = PyList_GET_ITEM(walk->all, walk->position++);
    }
    if (!PyWeakref_CheckRef(reference)) continue;
    PyObject *subclass = ((PyWeakReference *)reference)->wr_object;
    if (subclass != Py_None && !is_heap_type((PyTypeObject *)subclass)) {
      return (PyTypeObject *)subclass;
    }
  }
  return NULL;
}

/* Static types derive from static types, in few levels.  Deeper ones are found
   as the bases of others, or by what refers to them. */
enum { kDeepestStaticType = 64 };

void hg_visit_static_types(hg_reference_function visit, void *context) {
  subclass_walk walks[kDeepestStaticType];
  int depth = 0;
  PyTypeObject *type = &PyBaseObject_Type;
  for (;;) {
    if (type != NULL) {
      visit(context, (PyObject *)type, hg_type_name(type), NULL);
      if (depth < kDeepestStaticType) {
        subclass_walk walk = {subclasses(type), 0};
        walks[depth++] = walk;
      }
    } else if (--depth == 0) {
      return;
    }
    type = next_static_subclass(&walks[depth - 1]);
  }
}
