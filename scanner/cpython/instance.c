/* The attributes of instances: in a dictionary, or without one.

   Layouts: Include/internal/pycore_object.h and Objects/dictobject.c of each
   version. */

#include "internal.h"

static int is_managed(PyTypeObject *type) {
#if PY_VERSION_HEX >= 0x030b0000
  return (type->tp_flags & Py_TPFLAGS_MANAGED_DICT) != 0;
#else
  (void)type;
  return 0;
#endif
}

/* The type that has brought in the tp_dictoffset of `type`. */
static PyTypeObject *first_with_offset(PyTypeObject *type) {
  while (type->tp_base != NULL &&
         type->tp_base->tp_dictoffset == type->tp_dictoffset) {
    type = type->tp_base;
  }
  return type;
}

/* True if subtype_traverse in Objects/typeobject.c reads the dictionary at the
   same place. */
static int collector_reads_dict(PyTypeObject *type) {
  PyTypeObject *base = type;
  while (base != NULL && base->tp_traverse == hg_subtype_traverse()) {
    base = base->tp_base;
  }
  return base != NULL && base != type &&
         base->tp_dictoffset != type->tp_dictoffset;
}

/* True if the place is one of the interpreter's, in an instance that has the
   layout of its types. */
static int is_interpreters_dict(PyTypeObject *type) {
  PyTypeObject *solid = hg_solid_base(type);
  return solid->tp_dictoffset == type->tp_dictoffset &&
         hg_is_interpreters((void *)solid->tp_dealloc) &&
         hg_is_interpreters_type(first_with_offset(solid));
}

/* False for a place that an instance may not have: a claim of it is not even
   read.  Where instances are of variable size, it goes by a length that a type
   without one has not. */
static int is_within(PyTypeObject *type) {
  const Py_ssize_t offset = type->tp_dictoffset;
  const Py_ssize_t word = (Py_ssize_t)sizeof(PyObject *);
  if (offset > 0) return offset + word <= type->tp_basicsize;
  return type->tp_itemsize == 0 && offset <= -word &&
         type->tp_basicsize + offset >= (Py_ssize_t)sizeof(PyObject);
}

/* A managed dictionary stands in front of the object, in memory that its type's
   flag, with which it was allocated, has provided. */
hg_dict_proof hg_find_dict_proof(PyTypeObject *type) {
  if (is_managed(type)) return HG_PROVEN_DICT;
  if (type->tp_dictoffset == 0 || type->tp_dictoffset == -1) return HG_NO_DICT;
  if (collector_reads_dict(type) || is_interpreters_dict(type)) {
    return HG_PROVEN_DICT;
  }
  return is_within(type) ? HG_CLAIMED_DICT : HG_NO_DICT;
}

/* The word in the place for `__dict__` of types that have it at an offset. */
static PyObject *dict_at_offset(PyObject *object) {
  PyTypeObject *type = Py_TYPE(object);
  Py_ssize_t offset = type->tp_dictoffset;
  if (offset < 0) { /* Counted from the end of an object of variable size. */
    Py_ssize_t items = type->tp_itemsize == 0 ? 0 : Py_SIZE(object);
#if PY_VERSION_HEX >= 0x030c0000
    if (PyLong_Check(object)) {
      items = (Py_ssize_t)(((PyLongObject *)object)->long_value.lv_tag >> 3);
    }
#endif
    if (items < 0) items = -items;
    offset += (Py_ssize_t)_PyObject_VAR_SIZE(type, items);
    if (offset <= 0) return NULL;
  }
  PyObject *word;
  memcpy(&word, (const char *)object + offset, sizeof word);
  return word;
}

#if PY_VERSION_HEX >= 0x030b0000

/* The values of an instance that has no dictionary; NULL if there are none. */
static PyDictValues *inline_values(PyObject *object) {
  if (!is_managed(Py_TYPE(object))) return NULL;
#if PY_VERSION_HEX >= 0x030d0000
  if (!(Py_TYPE(object)->tp_flags & Py_TPFLAGS_INLINE_VALUES)) return NULL;
  PyDictValues *values = _PyObject_InlineValues(object);
  return values->valid ? values : NULL;
#elif PY_VERSION_HEX >= 0x030c0000
  PyDictOrValues either = *_PyObject_DictOrValuesPointer(object);
  return _PyDictOrValues_IsValues(either) ? _PyDictOrValues_GetValues(either)
                                          : NULL;
#else
  return *_PyObject_ValuesPointer(object);
#endif
}

static PyObject *managed_dict(PyObject *object) {
#if PY_VERSION_HEX >= 0x030d0000
  return (PyObject *)_PyObject_ManagedDictPointer(object)->dict;
#elif PY_VERSION_HEX >= 0x030c0000
  PyDictOrValues either = *_PyObject_DictOrValuesPointer(object);
  return _PyDictOrValues_IsValues(either) ? NULL
                                          : _PyDictOrValues_GetDict(either);
#else
  return *_PyObject_ManagedDictPointer(object);
#endif
}

PyObject *hg_instance_dict(PyObject *object) {
  return is_managed(Py_TYPE(object)) ? managed_dict(object)
                                     : dict_at_offset(object);
}

void hg_visit_inline_values(PyObject *object, hg_reference_function visit,
                            void *context) {
  PyDictValues *values = inline_values(object);
  if (values == NULL) return;
  /* Only heap types have such values: type_ready_managed_dict. */
  PyDictKeysObject *keys =
      ((PyHeapTypeObject *)Py_TYPE(object))->ht_cached_keys;
  if (keys == NULL) return;
  for (Py_ssize_t i = 0; i < keys->dk_nentries; ++i) {
    PyObject *value = values->values[i];
    if (value == NULL) continue;
    visit(context, value, NULL, DK_UNICODE_ENTRIES(keys)[i].me_key);
  }
}

size_t hg_inline_values_bytes(PyObject *object, hg_blocks *blocks) {
#if PY_VERSION_HEX >= 0x030d0000
  (void)blocks;
  if (!(Py_TYPE(object)->tp_flags & Py_TPFLAGS_INLINE_VALUES)) return 0;
  return hg_values_block_bytes(_PyObject_InlineValues(object), NULL);
#else
  PyDictValues *values = inline_values(object);
  PyDictKeysObject *keys =
      values == NULL ? NULL
                     : ((PyHeapTypeObject *)Py_TYPE(object))->ht_cached_keys;
  if (keys != NULL) hg_add_block(blocks, hg_values_block_bytes(values, keys));
  return 0;
#endif
}

int hg_values_belong_to_dict(PyObject *object) {
#if PY_VERSION_HEX >= 0x030d0000
  return inline_values(object) != NULL && managed_dict(object) != NULL;
#else
  (void)object;
  return 0;
#endif
}

#else

PyObject *hg_instance_dict(PyObject *object) { return dict_at_offset(object); }

void hg_visit_inline_values(PyObject *object, hg_reference_function visit,
                            void *context) {
  (void)object;
  (void)visit;
  (void)context;
}

size_t hg_inline_values_bytes(PyObject *object, hg_blocks *blocks) {
  (void)object;
  (void)blocks;
  return 0;
}

int hg_values_belong_to_dict(PyObject *object) {
  (void)object;
  return 0;
}

#endif
