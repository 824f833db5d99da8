/* numpy arrays, without numpy's headers.

   Layout: numpy/core/include/numpy/ndarraytypes.h of numpy 1.x and 2.x.  That
   an object has it hg_find_special_type proves, by the file that its type is
   in. */

#include "internal.h"

#include "ndarray_dtype.h"
#include "special_types.h"

typedef struct {
  PyObject head;
  char *data;
  int num_dimensions;
  Py_ssize_t *dimensions;
  Py_ssize_t *strides;
  PyObject *base;
  hg_dtype *dtype;
  int flags;
} ndarray_object;

enum { kOwnsData = 4 }; /* NPY_ARRAY_OWNDATA */

static size_t num_elements(const ndarray_object *self) {
  size_t count = 1;
  for (int i = 0; i < self->num_dimensions; ++i) {
    count *= (size_t)self->dimensions[i];
  }
  return count;
}

hg_range hg_ndarray_owned(PyObject *array) {
  const ndarray_object *self = (ndarray_object *)array;
  hg_range range = {(uintptr_t)self->data, 0};
  if ((self->flags & kOwnsData) == 0 || self->data == NULL) return range;
  if (self->dtype == NULL) return range;
  range.bytes = num_elements(self) * hg_dtype_item_bytes(self->dtype);
  return range;
}

hg_range hg_ndarray_range(PyObject *array) {
  const ndarray_object *self = (ndarray_object *)array;
  const hg_range none = {0, 0};
  if (self->data == NULL || self->dtype == NULL) return none;
  if (num_elements(self) == 0) return none;
  return hg_strided_range(self->data, hg_dtype_item_bytes(self->dtype),
                          self->num_dimensions, self->dimensions,
                          self->strides);
}

PyObject *hg_ndarray_base(PyObject *array) {
  return ((ndarray_object *)array)->base;
}

static void ndarray_visit(PyObject *object, hg_reference_function visit,
                          void *context) {
  ndarray_object *self = (ndarray_object *)object;
  hg_visit_field(self->base, "base", visit, context);
  hg_visit_field((PyObject *)self->dtype, "dtype", visit, context);
}

static void ndarray_visit_elements(PyObject *object,
                                   hg_reference_function visit, void *context) {
  ndarray_object *self = (ndarray_object *)object;
  if (hg_ndarray_owned(object).bytes == 0) return;
  /* Data that is owned is in one piece. */
  hg_visit_dtype_objects(self->dtype, self->data, num_elements(self), visit,
                         context);
}

static void ndarray_blocks(PyObject *object, hg_blocks *blocks) {
  ndarray_object *self = (ndarray_object *)object;
  const size_t words = 2 * (size_t)self->num_dimensions;
  hg_add_raw_block(blocks, NULL, words * sizeof(Py_ssize_t));
  hg_add_raw_block(blocks, self->data, hg_ndarray_owned(object).bytes);
}

/* Later fields differ from numpy to numpy. */
const hg_special_row hg_array_rows[] = {
    {"numpy.ndarray",
     0,
     {ndarray_visit, ndarray_visit_elements, ndarray_blocks, NULL},
     hg_ndarray_owned},
    {NULL, 0, {NULL, NULL, NULL, NULL}, NULL},
};
