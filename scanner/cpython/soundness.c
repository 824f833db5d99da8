// clang-format off: the internal headers come first.
#include "internal.h"
#include "soundness.h"
// clang-format on

enum {
  kDeepest = 64, /* Of metatypes and bases. */
  kMostBasicBytes = 1 << 20,
  kMostItemBytes = 1 << 16,
  kKnownTypes = 1024, /* A power of two. */
};

/* A direct-mapped cache. */
static PyTypeObject *known_types[kKnownTypes];

static int is_place(const void *address, size_t bytes) {
  return (uintptr_t)address % sizeof(void *) == 0 &&
         hg_is_readable((uintptr_t)address, bytes);
}

/* True if the bases of `type` lead to `last`. */
static int leads_to(PyTypeObject *type, PyTypeObject *last) {
  for (int i = 0; i < kDeepest; ++i) {
    if (type == last) return 1;
    if (!is_place(type, sizeof(PyTypeObject))) return 0;
    type = type->tp_base;
  }
  return 0;
}

/* A static type that was never made ready has neither metatype nor base. */
static int is_unready(PyTypeObject *type) {
  return type->tp_base == NULL && (type->tp_flags & Py_TPFLAGS_READY) == 0 &&
         hg_is_program_file(type);
}

static int has_sane_sizes(PyTypeObject *type) {
  return type->tp_basicsize >= (Py_ssize_t)sizeof(PyObject) &&
         type->tp_basicsize <= kMostBasicBytes && type->tp_itemsize >= 0 &&
         type->tp_itemsize <= kMostItemBytes && type->tp_name != NULL &&
         hg_is_readable((uintptr_t)type->tp_name, 1);
}

static int prove_type(PyTypeObject *type) {
  if (!is_place(type, sizeof(PyTypeObject)) || !has_sane_sizes(type)) return 0;
  if (is_unready(type)) return 1;
  return leads_to(Py_TYPE(type), &PyType_Type) &&
         leads_to(type, &PyBaseObject_Type);
}

int hg_is_sound_type(PyTypeObject *type) {
  const size_t slot =
      ((uintptr_t)type >> 4 ^ (uintptr_t)type >> 14) % kKnownTypes;
  if (type != NULL && known_types[slot] == type) return 1;
  if (!prove_type(type)) return 0;
  known_types[slot] = type;
  return 1;
}

void hg_forget_types(void) { memset(known_types, 0, sizeof known_types); }

/* the extents of an object, by what its type is derived from */

static int is_sound_list(PyObject *object) {
  const PyListObject *self = (const PyListObject *)object;
  const Py_ssize_t length = Py_SIZE(object);
  if (length < 0) return 0;
  if (length == 0) return 1;
  return self->allocated >= length &&
         is_place(self->ob_item, (size_t)self->allocated * sizeof(PyObject *));
}

static int is_sound_tuple(PyObject *object) {
  return Py_SIZE(object) >= 0 &&
         hg_is_readable((uintptr_t)((PyTupleObject *)object)->ob_item,
                        (size_t)Py_SIZE(object) * sizeof(PyObject *));
}

/* All strings end with a zero that is not counted. */
static int ends_with_zero(const void *start, size_t length, size_t width) {
  const size_t most = SIZE_MAX / 8;
  if (start == NULL || length > most) return 0;
  if (!hg_is_readable((uintptr_t)start, (length + 1) * width)) return 0;
  const char *end = (const char *)start + length * width;
  for (size_t i = 0; i < width; ++i) {
    if (end[i] != 0) return 0;
  }
  return 1;
}

static int is_sound_bytes(PyObject *object) {
  return Py_SIZE(object) >= 0 &&
         ends_with_zero(PyBytes_AS_STRING(object), (size_t)Py_SIZE(object), 1);
}

static int is_sound_text(PyObject *object) {
#if PY_VERSION_HEX >= 0x03000000
  const PyASCIIObject *ascii = (const PyASCIIObject *)object;
  const unsigned kind = ascii->state.kind;
#if PY_VERSION_HEX < 0x030c0000
  if (!ascii->state.ready) return kind == 0;
#endif
  if (ascii->length < 0 || (kind != 1 && kind != 2 && kind != 4)) return 0;
  if (ascii->state.ascii && kind != 1) return 0;
#endif
  const hg_characters text = hg_text_characters(object);
  return ends_with_zero(text.start, text.length, (size_t)text.width);
}

static int is_sound_int(PyObject *object) {
  if (!PyType_HasFeature(Py_TYPE(object), Py_TPFLAGS_LONG_SUBCLASS)) return 1;
  const size_t bytes = hg_int_bytes(object);
  return bytes < SIZE_MAX / 8 && hg_is_readable((uintptr_t)object, bytes);
}

static int is_sound_set(PyObject *object) {
  const PySetObject *self = (const PySetObject *)object;
  const size_t size = (size_t)self->mask + 1;
  if (size == 0 || (size & (size - 1)) != 0) return 0;
  if (self->used < 0 || (size_t)self->used > size) return 0;
  return size < SIZE_MAX / 64 && is_place(self->table, size * sizeof(setentry));
}

#if PY_VERSION_HEX >= 0x03000000
/* A string's text takes the place of what the string does not need. */
static size_t text_header_bytes(PyObject *text) {
  const PyASCIIObject *ascii = (const PyASCIIObject *)text;
  if (!hg_is_readable((uintptr_t)text, sizeof *ascii)) return sizeof *ascii;
  if (!ascii->state.compact) return sizeof(PyUnicodeObject);
  return ascii->state.ascii ? sizeof *ascii : sizeof(PyCompactUnicodeObject);
}
#endif

/* A static type is no longer than the struct, whatever its metatype says. */
static size_t type_bytes(PyTypeObject *type) {
  if (!hg_is_readable((uintptr_t)type, sizeof *type)) return sizeof *type;
  return PyType_HasFeature(type, Py_TPFLAGS_HEAPTYPE)
             ? (size_t)Py_TYPE(type)->tp_basicsize
             : sizeof *type;
}

/* What an object has at least.  What follows may be a page that cannot be read.
 */
static size_t least_bytes(PyObject *object) {
#if PY_VERSION_HEX >= 0x03000000
  if (PyUnicode_CheckExact(object)) return text_header_bytes(object);
#endif
  if (PyType_Check(object)) return type_bytes((PyTypeObject *)object);
  return (size_t)Py_TYPE(object)->tp_basicsize;
}

static int has_room(PyObject *object) {
  return hg_is_readable((uintptr_t)object, least_bytes(object));
}

static int has_sound_extents(PyObject *object) {
  PyTypeObject *type = Py_TYPE(object);
  if (hg_is_text_type(type)) return is_sound_text(object);
  if (PyBytes_Check(object)) return is_sound_bytes(object);
  if (hg_is_int_type(type)) return is_sound_int(object);
  if (PyTuple_Check(object)) return is_sound_tuple(object);
  if (PyList_Check(object)) return is_sound_list(object);
  if (PyDict_Check(object)) return hg_is_sound_dict(object);
  if (PyAnySet_Check(object)) return is_sound_set(object);
  return 1;
}

int hg_is_sound(PyObject *object) {
  if (!is_place(object, sizeof(PyObject))) return 0;
  return hg_is_sound_type(Py_TYPE(object)) && has_room(object) &&
         has_sound_extents(object);
}
