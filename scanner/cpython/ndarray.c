/* numpy arrays, without numpy's headers.

   Layout: numpy/core/include/numpy/ndarraytypes.h of numpy 1.x and 2.x. */

#include "internal.h"

typedef struct {
  PyObject head;
  PyTypeObject *scalar_type;
  char kind; /* 'O': objects. */
  char type;
  char byteorder;
  char flags;
  int type_number;
  union {
    struct {
      int item_bytes;
      int alignment;
    } numpy1;
    struct {
      uint64_t flags;
      Py_ssize_t item_bytes;
      Py_ssize_t alignment;
    } numpy2;
  } rest;
} dtype_object;

typedef struct {
  PyObject head;
  char *data;
  int num_dimensions;
  Py_ssize_t *dimensions;
  Py_ssize_t *strides;
  PyObject *base;
  dtype_object *dtype;
  int flags;
} ndarray_object;

enum { kOwnsData = 4 }; /* NPY_ARRAY_OWNDATA */

/* numpy 2 moved fields of the dtype.  Its version is in the module; one process
   has one numpy. */
static int numpy_version(void) {
  static int version = 0;
  if (version != 0) return version;
  PyObject *numpy = hg_dict_value(hg_modules(), "numpy");
  if (numpy == NULL || !PyModule_Check(numpy)) return 0;
  PyObject *text = hg_dict_value(hg_module_dict(numpy), "__version__");
  if (text == NULL || !hg_is_text_type(Py_TYPE(text))) return 0;
  const hg_characters characters = hg_text_characters(text);
  if (characters.width != 1 || characters.length == 0) return 0;
  version = *(const char *)characters.start - '0';
  return version;
}

static size_t item_bytes(const dtype_object *dtype) {
  return numpy_version() >= 2 ? (size_t)dtype->rest.numpy2.item_bytes
                              : (size_t)dtype->rest.numpy1.item_bytes;
}

static size_t num_elements(const ndarray_object *self) {
  size_t count = 1;
  for (int i = 0; i < self->num_dimensions; ++i) {
    count *= (size_t)self->dimensions[i];
  }
  return count;
}

static int owns_data(const ndarray_object *self) {
  return (self->flags & kOwnsData) != 0 && self->data != NULL &&
         self->dtype != NULL;
}

void hg_ndarray_visit(PyObject *object, hg_reference_function visit,
                      void *context) {
  ndarray_object *self = (ndarray_object *)object;
  hg_visit_field(self->base, "base", visit, context);
  hg_visit_field((PyObject *)self->dtype, "dtype", visit, context);
}

void hg_ndarray_visit_elements(PyObject *object, hg_reference_function visit,
                               void *context) {
  ndarray_object *self = (ndarray_object *)object;
  if (!owns_data(self) || self->dtype->kind != 'O') return;
  /* Data that is owned is in one piece. */
  PyObject **elements = (PyObject **)self->data;
  const size_t count = num_elements(self);
  for (size_t i = 0; i < count; ++i) {
    hg_visit_field(elements[i], NULL, visit, context);
  }
}

void hg_ndarray_blocks(PyObject *object, hg_blocks *blocks) {
  ndarray_object *self = (ndarray_object *)object;
  hg_add_block(blocks, 2 * (size_t)self->num_dimensions * sizeof(Py_ssize_t));
  if (!owns_data(self)) return;
  hg_add_block(blocks, num_elements(self) * item_bytes(self->dtype));
}
