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

size_t hg_dtype_item_bytes(const hg_dtype *dtype) {
  return numpy_version() >= 2 ? (size_t)dtype->rest.numpy2.item_bytes
                              : (size_t)dtype->rest.numpy1.item_bytes;
}

static hg_subarray *subarray_of(const hg_dtype *dtype) {
  return numpy_version() >= 2 ? dtype->rest.numpy2.subarray
                              : dtype->rest.numpy1.subarray;
}

/* A dictionary of name: (dtype, offset, ...); NULL if there are no fields. */
static PyObject *fields_of(const hg_dtype *dtype) {
  PyObject *fields = numpy_version() >= 2 ? dtype->rest.numpy2.fields
                                          : dtype->rest.numpy1.fields;
  return fields != NULL && PyDict_Check(fields) ? fields : NULL;
}

/* One dtype within an element, and where it begins there. */
typedef struct {
  const hg_dtype *dtype;
  size_t offset;
} place;

/* The places still to be looked at.  A dtype of more fields than this, one
   below the other, is followed as far as there is room. */
enum { kPlaces = 1024 };
typedef struct {
  place places[kPlaces];
  size_t count;
} place_stack;

static void push(place_stack *stack, const hg_dtype *dtype, size_t offset) {
  if (stack->count == kPlaces || dtype->kind == 0) return;
  if (dtype->kind != 'O' && dtype->kind != 'V') return;
  stack->places[stack->count].dtype = dtype;
  stack->places[stack->count++].offset = offset;
}

/* A field may have two entries, one by its title: the value has it first. */
static void push_fields(place_stack *stack, PyObject *fields, size_t offset) {
  PyObject *name, *field;
  Py_ssize_t position = 0;
  while (PyDict_Next(fields, &position, &name, &field)) {
    int64_t field_offset = 0;
    if (!PyTuple_Check(field) || PyTuple_GET_SIZE(field) < 2) continue;
    if (PyTuple_GET_SIZE(field) > 2 && PyTuple_GET_ITEM(field, 2) == name) {
      continue;
    }
    PyObject *number = PyTuple_GET_ITEM(field, 1);
    if (!hg_is_int_type(Py_TYPE(number))) continue;
    if (hg_int_value(number, &field_offset) != 1) continue;
    push(stack, (const hg_dtype *)PyTuple_GET_ITEM(field, 0),
         offset + (size_t)field_offset);
  }
}

static void push_subarray(place_stack *stack, const place *whole) {
  const hg_dtype *base = subarray_of(whole->dtype)->base;
  const size_t bytes = hg_dtype_item_bytes(base);
  const size_t end = whole->offset + hg_dtype_item_bytes(whole->dtype);
  if (bytes == 0) return;
  for (size_t at = whole->offset; at + bytes <= end; at += bytes) {
    push(stack, base, at);
  }
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
  place_stack stack;
  stack.count = 0;
  push(&stack, dtype, 0);
  while (stack.count > 0) {
    const place top = stack.places[--stack.count];
    if (top.dtype->kind == 'O') {
      visit_column(data + top.offset, step, count, visit, context);
    } else if (fields_of(top.dtype) != NULL) {
      push_fields(&stack, fields_of(top.dtype), top.offset);
    } else if (subarray_of(top.dtype) != NULL) {
      push_subarray(&stack, &top);
    }
  }
}
