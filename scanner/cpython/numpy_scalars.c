/* numpy's scalars that own memory, and its dtypes.

   Layouts: numpy/core/include/numpy/arrayscalars.h and ndarraytypes.h of numpy
   1.20 to 2.x.  The other scalars are their values and own nothing. */

#include "special_types.h"

#include "ndarray_dtype.h"

/* numpy.void: a record or bytes, which are its own or a part of its base. */
typedef struct {
  PyVarObject head; /* The size is that of the data. */
  char *data;
  hg_dtype *dtype;
  int flags;
  PyObject *base;
  void *buffer_record;
} void_scalar;

enum { kOwnsData = 4 }; /* NPY_ARRAY_OWNDATA */

static hg_range void_owned(PyObject *object) {
  const void_scalar *self = (void_scalar *)object;
  hg_range range = {(uintptr_t)self->data, 0};
  if (self->data != NULL && (self->flags & kOwnsData) != 0) {
    range.bytes = (size_t)Py_SIZE(object);
  }
  return range;
}

static void void_blocks(PyObject *object, hg_blocks *blocks) {
  const hg_range owned = void_owned(object);
  hg_add_raw_block(blocks, (const void *)owned.start, owned.bytes);
}

static void void_visit(PyObject *object, hg_reference_function visit,
                       void *context) {
  void_scalar *self = (void_scalar *)object;
  hg_visit_field(self->base, "base", visit, context);
  hg_visit_field((PyObject *)self->dtype, "dtype", visit, context);
}

static void void_visit_elements(PyObject *object, hg_reference_function visit,
                                void *context) {
  const void_scalar *self = (void_scalar *)object;
  if (void_owned(object).bytes == 0 || self->dtype == NULL) return;
  hg_visit_dtype_objects(self->dtype, self->data, 1, visit, context);
}

#if PY_VERSION_HEX >= 0x03000000

/* numpy.str_, which has a copy for those who want its buffer. */
typedef struct {
  PyUnicodeObject text;
  Py_UCS4 *copy;
  char *format;
} text_scalar;

static hg_range text_owned(PyObject *object) {
  const text_scalar *self = (text_scalar *)object;
  const size_t length = hg_text_characters(object).length;
  const hg_range range = {
      (uintptr_t)self->copy,
      self->copy == NULL ? 0 : (length + 1) * sizeof(Py_UCS4)};
  return range;
}

static void text_blocks(PyObject *object, hg_blocks *blocks) {
  const text_scalar *self = (text_scalar *)object;
  hg_add_block_at(blocks, self->copy, text_owned(object).bytes);
  if (self->format != NULL) hg_add_block(blocks, strlen(self->format) + 1);
}

#endif

const hg_special_row hg_numpy_rows[] = {
    {"numpy.void",
     sizeof(void_scalar),
     {void_visit, void_visit_elements, void_blocks, NULL},
     void_owned},
    /* Up to numpy 1.19 without its last field. */
    {"numpy.void",
     offsetof(void_scalar, buffer_record),
     {void_visit, void_visit_elements, void_blocks, NULL},
     void_owned},
#if PY_VERSION_HEX >= 0x03000000
    {"numpy.str_",
     sizeof(text_scalar),
     {NULL, NULL, text_blocks, NULL},
     text_owned},
#endif
    {"numpy.dtype", 0, {hg_dtype_visit, NULL, hg_dtype_blocks, NULL}, NULL},
    {NULL, 0, {NULL, NULL, NULL, NULL}, NULL},
};
