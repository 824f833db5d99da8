/* Where the Python objects in a numpy array are: its elements, fields of its
   elements, or elements of subarrays in these. */

#include "internal.h"
#include "ndarray_dtype.h"

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

/* From numpy 2 on dtypes that are not from before have a shorter struct, such
   as those of strings: PyDataType_ISLEGACY in npy_2_compat.h. */
static int is_whole(const hg_dtype *dtype) {
  const int kFirstNewType = 2056; /* NPY_VSTRING */
  if (numpy_version() < 2) return numpy_version() != 0;
  return dtype->type_number >= 0 && dtype->type_number < kFirstNewType;
}

static int has_parts(const hg_dtype *dtype) {
  return dtype->kind == 'V' && is_whole(dtype);
}

size_t hg_dtype_item_bytes(const hg_dtype *dtype) {
  if (numpy_version() == 0) return 0; /* Its layout is not known. */
  return numpy_version() >= 2 ? (size_t)dtype->rest.numpy2.item_bytes
                              : (size_t)dtype->rest.numpy1.item_bytes;
}

static hg_subarray *subarray_of(const hg_dtype *dtype) {
  return numpy_version() >= 2 ? dtype->rest.numpy2.subarray
                              : dtype->rest.numpy1.subarray;
}

/* NULL, None, or a dictionary of name: (dtype, offset, ...). */
static PyObject *fields_value(const hg_dtype *dtype) {
  return numpy_version() >= 2 ? dtype->rest.numpy2.fields
                              : dtype->rest.numpy1.fields;
}

/* The dictionary; NULL if there are no fields. */
static PyObject *fields_of(const hg_dtype *dtype) {
  PyObject *fields = fields_value(dtype);
  return fields != NULL && PyDict_Check(fields) ? fields : NULL;
}

static void visit_parts(const hg_dtype *dtype, hg_reference_function visit,
                        void *context) {
  const hg_subarray *subarray = subarray_of(dtype);
  PyObject *names = numpy_version() >= 2 ? dtype->rest.numpy2.names
                                         : dtype->rest.numpy1.names;
  hg_visit_field(fields_value(dtype), "fields", visit, context);
  hg_visit_field(names, "names", visit, context);
  if (subarray == NULL) return;
  hg_visit_field((PyObject *)subarray->base, "base", visit, context);
  hg_visit_field(subarray->shape, "shape", visit, context);
}

void hg_dtype_visit(PyObject *object, hg_reference_function visit,
                    void *context) {
  const hg_dtype *dtype = (const hg_dtype *)object;
  hg_visit_field((PyObject *)dtype->scalar_type, "type", visit, context);
  if (!is_whole(dtype)) return;
  PyObject *metadata = numpy_version() >= 2 ? dtype->rest.numpy2.metadata
                                            : dtype->rest.numpy1.metadata;
  hg_visit_field(metadata, "metadata", visit, context);
  if (has_parts(dtype)) visit_parts(dtype, visit, context);
}

void hg_dtype_blocks(PyObject *object, hg_blocks *blocks) {
  const hg_dtype *dtype = (const hg_dtype *)object;
  if (!has_parts(dtype) || subarray_of(dtype) == NULL) return;
  hg_add_block(blocks, sizeof(hg_subarray));
}

/* One dtype within an element, where it begins there, and how far the walk over
   its fields or the elements of its subarray is. */
typedef struct {
  const hg_dtype *dtype;
  size_t offset;
  Py_ssize_t position; /* In the dictionary of fields. */
  size_t walked;       /* Bytes of the subarray. */
} level;

/* Dtypes may have any number of fields.  Those nested deeper than this are not
   followed. */
enum { kDeepestDtype = 1024 };

/* Where a field's value in the dictionary, (dtype, offset, ...), says that it
   is; false if it is no such thing, or stands there again by its title. */
static int read_field(PyObject *name, PyObject *field, level *child) {
  int64_t offset = 0;
  if (!PyTuple_Check(field) || PyTuple_GET_SIZE(field) < 2) return 0;
  if (PyTuple_GET_SIZE(field) > 2 && PyTuple_GET_ITEM(field, 2) == name) {
    return 0;
  }
  PyObject *number = PyTuple_GET_ITEM(field, 1);
  if (!hg_is_int_type(Py_TYPE(number))) return 0;
  if (hg_int_value(number, &offset) != 1) return 0;
  PyObject *dtype = PyTuple_GET_ITEM(field, 0);
  if (!hg_is_numpys((void *)Py_TYPE(dtype)->tp_dealloc)) return 0;
  child->dtype = (const hg_dtype *)dtype;
  child->offset += (size_t)offset;
  return 1;
}

static int next_field(level *whole, PyObject *fields, level *child) {
  PyObject *name, *field;
  while (PyDict_Next(fields, &whole->position, &name, &field)) {
    child->offset = whole->offset;
    if (read_field(name, field, child)) return 1;
  }
  return 0;
}

static int next_of_subarray(level *whole, level *child) {
  const hg_dtype *base = subarray_of(whole->dtype)->base;
  const size_t bytes = hg_dtype_item_bytes(base);
  if (bytes == 0) return 0;
  if (whole->walked + bytes > hg_dtype_item_bytes(whole->dtype)) return 0;
  child->dtype = base;
  child->offset = whole->offset + whole->walked;
  whole->walked += bytes;
  return 1;
}

/* Steps to the next part of a dtype; false after the last. */
static int next_part(level *whole, level *child) {
  if (!has_parts(whole->dtype)) return 0;
  PyObject *fields = fields_of(whole->dtype);
  child->position = 0;
  child->walked = 0;
  if (fields != NULL) return next_field(whole, fields, child);
  return subarray_of(whole->dtype) != NULL && next_of_subarray(whole, child);
}

/* Fields may lie at any address. */
static void visit_column(char *first, size_t step, size_t count,
                         hg_reference_function visit, void *context) {
  for (size_t i = 0; i < count; ++i) {
    PyObject *element;
    memcpy(&element, first + i * step, sizeof element);
    hg_visit_field(element, NULL, visit, context);
  }
}

void hg_visit_dtype_objects(const hg_dtype *dtype, char *data, size_t count,
                            hg_reference_function visit, void *context) {
  const size_t step = hg_dtype_item_bytes(dtype);
  level levels[kDeepestDtype];
  levels[0] = (level){dtype, 0, 0, 0};
  int depth = 1;
  while (depth > 0) {
    level *top = &levels[depth - 1];
    level child;
    if (top->dtype->kind == 'O') {
      if (top->offset + sizeof(PyObject *) <= step) {
        visit_column(data + top->offset, step, count, visit, context);
      }
      --depth;
    } else if (!next_part(top, &child)) {
      --depth;
    } else if (depth < kDeepestDtype) {
      levels[depth++] = child;
    }
  }
}
