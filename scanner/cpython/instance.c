/* The attributes of instances: in a dictionary, or without one.

   Layouts: Include/internal/pycore_object.h and Objects/dictobject.c of each
   version. */

#include "internal.h"

/* The pointer to `__dict__` of types that keep it at an offset. */
static PyObject *dict_at_offset(PyObject *object) {
  PyTypeObject *type = Py_TYPE(object);
  Py_ssize_t offset = type->tp_dictoffset;
  if (offset == 0 || offset == -1) return NULL;
  if (offset < 0) { /* Counted from the end of an object of variable size. */
    Py_ssize_t items = Py_SIZE(object);
#if PY_VERSION_HEX >= 0x030c0000
    if (PyLong_Check(object)) {
      items = (Py_ssize_t)(((PyLongObject *)object)->long_value.lv_tag >> 3);
    }
#endif
    if (items < 0) items = -items;
    offset += (Py_ssize_t)_PyObject_VAR_SIZE(type, items);
    if (offset <= 0) return NULL;
  }
  return *(PyObject **)((char *)object + offset);
}

#if PY_VERSION_HEX >= 0x030b0000

static int is_managed(PyObject *object) {
  return (Py_TYPE(object)->tp_flags & Py_TPFLAGS_MANAGED_DICT) != 0;
}

/* The values of an instance that has no dictionary; NULL if there are none. */
static PyDictValues *inline_values(PyObject *object) {
  if (!is_managed(object)) return NULL;
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
  return is_managed(object) ? managed_dict(object) : dict_at_offset(object);
}

void hg_visit_inline_values(PyObject *object, hg_reference_function visit,
                            void *context) {
  PyDictValues *values = inline_values(object);
  PyDictKeysObject *keys =
      ((PyHeapTypeObject *)Py_TYPE(object))->ht_cached_keys;
  if (values == NULL || keys == NULL) return;
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
