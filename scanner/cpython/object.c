/* What stands in front of objects, and the layout of strings and integers. */

#include "internal.h"

/* Suspended greenlets say that the collector is not to look at them, though
   they are made like all others and their tp_traverse shows what they hold. */
static int has_gc_header(PyObject *object) {
  return PyObject_IS_GC(object) || hg_is_greenlet(object);
}

size_t hg_header_bytes(PyObject *object) {
  size_t bytes = 0;
#ifndef Py_GIL_DISABLED
  if (has_gc_header(object)) bytes += sizeof(PyGC_Head);
#endif
#if PY_VERSION_HEX >= 0x030c0000
  if (PyType_HasFeature(Py_TYPE(object), Py_TPFLAGS_PREHEADER)) {
    bytes += 2 * sizeof(PyObject *);
  }
#elif PY_VERSION_HEX >= 0x030b0000
  if (PyType_HasFeature(Py_TYPE(object), Py_TPFLAGS_MANAGED_DICT)) {
    bytes += 2 * sizeof(PyObject *);
  }
#endif
  return bytes;
}

/* Without a GIL threads count their own references to what they all use, such
   as functions and classes, elsewhere. */
uint64_t hg_refcount(PyObject *object) {
#ifdef Py_GIL_DISABLED
  if (_PyObject_HasDeferredRefcount(object)) return 0;
#endif
  return (uint64_t)Py_REFCNT(object);
}

/* type_traverse ends the process for a static type; PyObject_IS_GC is false
   for it. */
int hg_is_traversable(PyObject *object) {
  return Py_TYPE(object)->tp_traverse != NULL && has_gc_header(object);
}

int hg_is_text_type(PyTypeObject *type) {
  return PyType_HasFeature(type, Py_TPFLAGS_UNICODE_SUBCLASS);
}

#if PY_VERSION_HEX < 0x03000000

int hg_is_int_type(PyTypeObject *type) {
  return PyType_HasFeature(type, Py_TPFLAGS_INT_SUBCLASS) ||
         PyType_HasFeature(type, Py_TPFLAGS_LONG_SUBCLASS);
}

hg_characters hg_text_characters(PyObject *text) {
  hg_characters characters = {PyUnicode_AS_UNICODE(text),
                              (size_t)PyUnicode_GET_SIZE(text),
                              (int)sizeof(Py_UNICODE)};
  return characters;
}

size_t hg_text_bytes(PyObject *text, hg_blocks *blocks) {
  hg_add_block_at(blocks, PyUnicode_AS_UNICODE(text),
                  ((size_t)PyUnicode_GET_SIZE(text) + 1) * sizeof(Py_UNICODE));
  return (size_t)Py_TYPE(text)->tp_basicsize;
}

#else

int hg_is_int_type(PyTypeObject *type) {
  return PyType_HasFeature(type, Py_TPFLAGS_LONG_SUBCLASS);
}

static PyASCIIObject *ascii_object(PyObject *text) {
  return (PyASCIIObject *)text;
}

hg_characters hg_text_characters(PyObject *text) {
  hg_characters none = {"", 0, 1};
#if PY_VERSION_HEX < 0x030c0000
  if (!ascii_object(text)->state.ready) return none;
#endif
  if (PyUnicode_DATA(text) == NULL) return none;
  hg_characters characters = {PyUnicode_DATA(text),
                              (size_t)PyUnicode_GET_LENGTH(text),
                              (int)PyUnicode_KIND(text)};
  return characters;
}

#if PY_VERSION_HEX < 0x030c0000
/* The wide characters that PyUnicode_AsUnicode makes beside the string. */
static void add_wide_characters(PyObject *text, hg_blocks *blocks) {
  PyASCIIObject *ascii = ascii_object(text);
  if (ascii->wstr == NULL) return;
  if (ascii->state.ready && (const void *)ascii->wstr == PyUnicode_DATA(text)) {
    return;
  }
  const size_t length =
      ascii->state.compact && ascii->state.ascii
          ? (size_t)ascii->length
          : (size_t)((PyCompactUnicodeObject *)text)->wstr_length;
  hg_add_block_at(blocks, ascii->wstr, (length + 1) * sizeof(wchar_t));
}
#endif

size_t hg_text_bytes(PyObject *text, hg_blocks *blocks) {
  PyASCIIObject *ascii = ascii_object(text);
  const size_t length = (size_t)ascii->length;
  const size_t width = ascii->state.kind;
#if PY_VERSION_HEX < 0x030c0000
  add_wide_characters(text, blocks);
#endif
  if (ascii->state.compact && ascii->state.ascii) {
    return sizeof(PyASCIIObject) + length + 1;
  }
  PyCompactUnicodeObject *compact = (PyCompactUnicodeObject *)text;
  if (compact->utf8 != NULL &&
      (const void *)compact->utf8 != hg_text_characters(text).start) {
    hg_add_block_at(blocks, compact->utf8, (size_t)compact->utf8_length + 1);
  }
  if (ascii->state.compact) {
    return sizeof(PyCompactUnicodeObject) + (length + 1) * width;
  }
  if (((PyUnicodeObject *)text)->data.any != NULL) {
    hg_add_block_at(blocks, ((PyUnicodeObject *)text)->data.any,
                    (length + 1) * width);
  }
  return (size_t)Py_TYPE(text)->tp_basicsize;
}

#endif

#if PY_VERSION_HEX >= 0x030c0000
static size_t num_digits(PyObject *number) {
  return ((PyLongObject *)number)->long_value.lv_tag >> 3;
}
#else
static size_t num_digits(PyObject *number) {
  const Py_ssize_t size = Py_SIZE(number);
  return (size_t)(size < 0 ? -size : size);
}
#endif

size_t hg_int_bytes(PyObject *number) {
  PyTypeObject *type = Py_TYPE(number);
  if (!PyType_HasFeature(type, Py_TPFLAGS_LONG_SUBCLASS)) {
    return (size_t)type->tp_basicsize; /* int of Python 2. */
  }
  size_t digits = num_digits(number);
#if PY_VERSION_HEX >= 0x030b0000
  if (digits == 0) digits = 1; /* Zero has room for a digit. */
#endif
  /* bool's tp_basicsize counts a digit; that of a class, its own fields. */
  const size_t basic_bytes = hg_is_class_statement_type(type)
                                 ? (size_t)type->tp_basicsize
                                 : (size_t)PyLong_Type.tp_basicsize;
  return basic_bytes + digits * (size_t)type->tp_itemsize;
}

#if PY_VERSION_HEX >= 0x030c0000
static digit *digits_of(PyObject *number) {
  return ((PyLongObject *)number)->long_value.ob_digit;
}
static int is_negative(PyObject *number) {
  return (((PyLongObject *)number)->long_value.lv_tag & 3) == 2;
}
#else
#if PY_VERSION_HEX < 0x030b0000
#include <longintrepr.h>
#endif
static digit *digits_of(PyObject *number) {
  return ((PyLongObject *)number)->ob_digit;
}
static int is_negative(PyObject *number) { return Py_SIZE(number) < 0; }
#endif

int hg_int_value(PyObject *number, int64_t *value) {
#if PY_VERSION_HEX < 0x03000000
  if (PyInt_Check(number)) {
    *value = PyInt_AS_LONG(number);
    return 1;
  }
#endif
  uint64_t magnitude = 0;
  for (size_t i = num_digits(number); i-- > 0;) {
    if (magnitude >> (64 - PyLong_SHIFT) != 0) return 0;
    magnitude = magnitude << PyLong_SHIFT | digits_of(number)[i];
  }
  if (is_negative(number)) {
    if (magnitude > (uint64_t)1 << 63) return 0;
    *value = (int64_t)(0 - magnitude);
    return 1;
  }
  *value = (int64_t)magnitude;
  return magnitude >> 63 != 0 ? 2 : 1;
}
