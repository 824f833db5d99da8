/* Whose the memory is that an array or a memoryview shows.

   Its base owns it, or what the base leads to: a wrapper refers to the object
   whose memory it wraps.  If nothing near has the first byte, C code does. */

#include "special_types.h"

/* Objects that are looked at for one array, in the order of their distance. */
enum { kMostObjects = 64 };

typedef struct {
  uintptr_t address; /* Sought. */
  int count;
  PyObject *objects[kMostObjects];
} owner_search;

static int contains(hg_range range, uintptr_t address) {
  return address - range.start < range.bytes;
}

/* What is in the object itself, such as the characters of bytes.  Some types
   have a pointer where others have their length. */
static hg_range own_block(PyObject *object) {
  PyTypeObject *type = Py_TYPE(object);
  const Py_ssize_t kMostItems = (Py_ssize_t)1 << (sizeof(void *) > 4 ? 40 : 30);
  hg_range range = {(uintptr_t)object, (size_t)type->tp_basicsize};
  if (type->tp_itemsize > 0 && Py_SIZE(object) > 0 &&
      Py_SIZE(object) < kMostItems) {
    range.bytes += (size_t)(Py_SIZE(object) * type->tp_itemsize);
  }
  return range;
}

static int owns(PyObject *object, uintptr_t address) {
  if (contains(own_block(object), address)) return 1;
  const hg_special_row *row = hg_find_special_row(Py_TYPE(object));
  if (row == NULL || row->owned == NULL) return 0;
  return contains(row->owned(object), address);
}

/* Modules, classes and functions lead everywhere. */
static int leads_too_far(PyObject *object) {
  return object == Py_None || PyType_Check(object) || PyModule_Check(object) ||
         PyFunction_Check(object) || PyCode_Check(object) ||
         PyFrame_Check(object);
}

static void add(owner_search *search, PyObject *object) {
  if (object == NULL || search->count == kMostObjects) return;
  if (leads_too_far(object)) return;
  for (int i = 0; i < search->count; ++i) {
    if (search->objects[i] == object) return;
  }
  search->objects[search->count++] = object;
}

static int add_shown(PyObject *object, void *context) {
  owner_search *search = (owner_search *)context;
  add(search, object);
  return search->count == kMostObjects;
}

static void add_part(void *context, PyObject *object, const char *name,
                     PyObject *name_text) {
  (void)name;
  (void)name_text;
  add((owner_search *)context, object);
}

static void add_parts(owner_search *search, PyObject *object) {
  const hg_special_row *row = hg_find_special_row(Py_TYPE(object));
  if (row != NULL && row->special.visit != NULL) {
    row->special.visit(object, add_part, search);
  }
  if (hg_is_traversable(object)) {
    Py_TYPE(object)->tp_traverse(object, add_shown, search);
  }
}

/* True if `start`, or what it leads to, owns the byte at `address`. */
static int has_owner(PyObject *start, uintptr_t address) {
  owner_search search;
  search.count = 0;
  add(&search, start);
  for (int i = 0; i < search.count; ++i) {
    if (owns(search.objects[i], address)) return 1;
    add_parts(&search, search.objects[i]);
  }
  return 0;
}

static hg_range without_owner(hg_range range, PyObject *base) {
  if (range.bytes != 0 && base != NULL && has_owner(base, range.start)) {
    range.bytes = 0;
  }
  return range;
}

static hg_range range_of_ndarray(PyObject *array) {
  const hg_range none = {0, 0};
  if (hg_ndarray_owned(array).bytes != 0) return none;
  PyObject *base = hg_ndarray_base(array);
  /* A view counts with its array, which has a record of its own. */
  if (base != NULL && Py_TYPE(base) == Py_TYPE(array)) return none;
  return without_owner(hg_ndarray_range(array), base);
}

hg_range hg_strided_range(void *first, size_t item_bytes, int num_dimensions,
                          const Py_ssize_t *extents,
                          const Py_ssize_t *strides) {
  hg_range range = {(uintptr_t)first, item_bytes};
  for (int i = 0; i < num_dimensions; ++i) {
    const Py_ssize_t way = (extents[i] - 1) * strides[i];
    if (way < 0) range.start -= (size_t)-way;
    range.bytes += (size_t)(way < 0 ? -way : way);
  }
  return range;
}

static hg_range range_of_buffer(const Py_buffer *view) {
  const hg_range whole = {(uintptr_t)view->buf, (size_t)view->len};
  if (view->shape == NULL || view->strides == NULL || view->len == 0) {
    return whole;
  }
  return hg_strided_range(view->buf, (size_t)view->itemsize, view->ndim,
                          view->shape, view->strides);
}

static hg_range range_of_memoryview(PyObject *object) {
  const Py_buffer *view = PyMemoryView_GET_BUFFER(object);
  const hg_range none = {0, 0};
  /* Without an object it lasts for a call, in which its memory is another's. */
  if (view->obj == NULL || view->suboffsets != NULL) return none;
#if PY_VERSION_HEX >= 0x03000000
  const int kReleased = _Py_MEMORYVIEW_RELEASED;
  if ((((PyMemoryViewObject *)object)->flags & kReleased) != 0) return none;
#endif
  return without_owner(range_of_buffer(view), view->obj);
}

hg_range_function hg_find_foreign_range(PyTypeObject *type,
                                        const hg_special_type *special) {
  if (type == &PyMemoryView_Type) return range_of_memoryview;
  return special == &hg_array_rows[0].special ? range_of_ndarray : NULL;
}
