/* Objects whose memory neither tp_basicsize nor tp_traverse shows.

   Their structs are private to the modules that define them, so they are
   declared here again, as far as they are needed: Modules/arraymodule.c,
   Modules/_collectionsmodule.c, Objects/odictobject.c of 2.7 to 3.15.

   Any module may call a type of its own `array.array`: these are the structs of
   types whose code lies in the interpreter's own files, or numpy's. */

#include "internal.h"

static size_t items_length(PyObject *object) { return (size_t)Py_SIZE(object); }

/* While a list is sorted it is empty, and has -1 elements allocated. */
static void list_blocks(PyObject *object, hg_blocks *blocks) {
  const PyListObject *self = (PyListObject *)object;
  size_t words = self->allocated < 0 ? 0 : (size_t)self->allocated;
#ifdef Py_GIL_DISABLED
  if (words != 0) ++words; /* The length stands in front of the elements. */
#endif
  hg_add_block(blocks, words * sizeof(PyObject *));
}

/* From 3.15 on the buffer is a bytes object of its own, which nothing else
   knows; what is empty shares one. */
static void bytearray_blocks(PyObject *object, hg_blocks *blocks) {
  size_t bytes = (size_t)((PyByteArrayObject *)object)->ob_alloc;
#if PY_VERSION_HEX >= 0x030f0000
  if (bytes != 0) bytes += (size_t)PyBytes_Type.tp_basicsize;
#endif
  hg_add_block(blocks, bytes);
}

static void set_blocks(PyObject *object, hg_blocks *blocks) {
  PySetObject *self = (PySetObject *)object;
  if (self->table == self->smalltable) return;
  hg_add_block(blocks, ((size_t)self->mask + 1) * sizeof(setentry));
}

typedef struct {
  PyVarObject head;
  char *items;
  Py_ssize_t allocated;
  const struct {
    char typecode;
    int itemsize;
  } * description;
} array_object;

static void array_blocks(PyObject *object, hg_blocks *blocks) {
  array_object *self = (array_object *)object;
  if (self->items == NULL) return;
  hg_add_block(blocks,
               (size_t)self->allocated * (size_t)self->description->itemsize);
}

#if PY_VERSION_HEX < 0x03000000
enum { kDequeBlockLength = 62 };
#else
enum { kDequeBlockLength = 64 };
#endif

typedef struct {
#if PY_VERSION_HEX < 0x03000000
  PyObject head;
#else
  PyVarObject head;
#endif
  void *left_block;
  void *right_block;
  Py_ssize_t left_index;
  Py_ssize_t right_index;
#if PY_VERSION_HEX < 0x03000000
  Py_ssize_t length;
#endif
} deque_object;

static size_t deque_length(PyObject *object) {
#if PY_VERSION_HEX < 0x03000000
  return (size_t)((deque_object *)object)->length;
#else
  return (size_t)Py_SIZE(object);
#endif
}

static void deque_blocks(PyObject *object, hg_blocks *blocks) {
  deque_object *self = (deque_object *)object;
  const size_t length = deque_length(object);
  if (self->left_block == NULL) return;
  size_t count = ((size_t)self->left_index + length + kDequeBlockLength - 1) /
                 kDequeBlockLength;
  if (count == 0) count = 1;
  /* Blocks are equal: one entry of their sum, exact because each is a
     multiple of the allocator's 16 bytes. */
  hg_add_block(blocks, count * (kDequeBlockLength + 2) * sizeof(void *));
}

#if PY_VERSION_HEX >= 0x03000000

typedef struct {
  PyDictObject dict;
  void *first_node;
  void *last_node;
  void **fast_nodes;
  Py_ssize_t fast_nodes_length;
} odict_object; /* Its beginning. */

typedef struct odict_node {
  PyObject *key;
  Py_hash_t hash;
  struct odict_node *next;
  struct odict_node *previous;
} odict_node;

static void odict_blocks(PyObject *object, hg_blocks *blocks) {
  odict_object *self = (odict_object *)object;
  hg_dict_blocks(object, blocks);
  if (self->fast_nodes != NULL) {
    hg_add_block(blocks, (size_t)self->fast_nodes_length * sizeof(void *));
  }
  /* One node an entry, each of a size that needs no rounding. */
  hg_add_block(blocks, (size_t)self->dict.ma_used * sizeof(odict_node));
}

#endif

static void dict_blocks(PyObject *object, hg_blocks *blocks) {
  hg_dict_blocks(object, blocks);
}

/* cells, modules: parts whose names only the type knows */

static void cell_visit(PyObject *object, hg_reference_function visit,
                       void *context) {
  hg_visit_field(((PyCellObject *)object)->ob_ref, "cell_contents", visit,
                 context);
}

/* Objects/moduleobject.c: the same in all versions. */
typedef struct {
  PyObject head;
  PyObject *dict;
} module_object;

PyObject *hg_module_dict(PyObject *module) {
  return ((module_object *)module)->dict;
}

static void module_visit(PyObject *object, hg_reference_function visit,
                         void *context) {
  hg_visit_field(((module_object *)object)->dict, "__dict__", visit, context);
}

static void cfunction_visit(PyObject *object, hg_reference_function visit,
                            void *context) {
  PyCFunctionObject *self = (PyCFunctionObject *)object;
  hg_visit_field(self->m_self, "__self__", visit, context);
  hg_visit_field(self->m_module, "__module__", visit, context);
}

typedef struct {
  const char *name; /* tp_name. */
  hg_special_type special;
} named_special_type;

static const named_special_type kSpecialTypes[] = {
    {"list", {NULL, NULL, list_blocks, NULL}},
    {"dict", {NULL, NULL, dict_blocks, NULL}},
    {"set", {NULL, NULL, set_blocks, NULL}},
    {"frozenset", {NULL, NULL, set_blocks, NULL}},
    {"bytearray", {NULL, NULL, bytearray_blocks, items_length}},
    {"array.array", {NULL, NULL, array_blocks, items_length}},
    {"collections.deque", {NULL, NULL, deque_blocks, deque_length}},
#if PY_VERSION_HEX >= 0x03050000
    {"_io.BytesIO", {hg_bytesio_visit, NULL, NULL, NULL}},
#endif
#if PY_VERSION_HEX >= 0x03000000
#if PY_VERSION_HEX < 0x03090000
    {"Struct", {hg_struct_visit, NULL, hg_struct_blocks, NULL}},
#endif
    {"_struct.Struct", {hg_struct_visit, NULL, hg_struct_blocks, NULL}},
    {"_io.BufferedReader", {NULL, NULL, hg_buffered_blocks, NULL}},
    {"_io.BufferedWriter", {NULL, NULL, hg_buffered_blocks, NULL}},
    {"_io.BufferedRandom", {NULL, NULL, hg_buffered_blocks, NULL}},
    {"_io.StringIO", {NULL, NULL, hg_stringio_blocks, NULL}},
    {"collections.OrderedDict", {NULL, NULL, odict_blocks, NULL}},
#endif
    {"mmap.mmap", {NULL, NULL, hg_mmap_blocks, NULL}},
    {"_ctypes._CData", {NULL, NULL, hg_ctypes_blocks, NULL}},
    {"datetime.datetime", {hg_datetime_visit, NULL, NULL, NULL}},
    {"datetime.time", {hg_time_visit, NULL, NULL, NULL}},
#if PY_VERSION_HEX >= 0x03000000
    {"datetime.timezone", {hg_timezone_visit, NULL, NULL, NULL}},
#endif
#if PY_VERSION_HEX < 0x03070000
    {"_sre.SRE_Pattern", {hg_pattern_visit, NULL, NULL, NULL}},
#elif PY_VERSION_HEX < 0x030a0000
    {"re.Pattern", {hg_pattern_visit, NULL, NULL, NULL}},
#endif
#if PY_VERSION_HEX >= 0x03070000 && PY_VERSION_HEX < 0x03090000
    {"_abc_data", {hg_abc_visit, NULL, NULL, NULL}},
#endif
#if PY_VERSION_HEX >= 0x03000000 && PY_VERSION_HEX < 0x030d0000
    {"decimal.Context", {hg_decimal_context_visit, NULL, NULL, NULL}},
#endif
    {"cell", {cell_visit, NULL, NULL, NULL}},
    {"module", {module_visit, NULL, NULL, NULL}},
    {"builtin_function_or_method", {cfunction_visit, NULL, NULL, NULL}},
    {"numpy.ndarray",
     {hg_ndarray_visit, hg_ndarray_visit_elements, hg_ndarray_blocks, NULL}},
};

static int has_known_struct(PyTypeObject *type) {
  return hg_is_interpreters_type(type) || hg_is_numpys_type(type);
}

/* What a class statement or another module makes is no special type whatever
   its name is, only its bases are; and not they, if it has no room for what
   they have. */
const hg_special_type *hg_find_special_type(PyTypeObject *type) {
  const size_t count = sizeof kSpecialTypes / sizeof kSpecialTypes[0];
  const Py_ssize_t bytes = type->tp_basicsize;
  for (; type != NULL; type = type->tp_base) {
    if (!has_known_struct(type) || bytes < type->tp_basicsize) continue;
    for (size_t i = 0; i < count; ++i) {
      if (strcmp(type->tp_name, kSpecialTypes[i].name) == 0) {
        return &kSpecialTypes[i].special;
      }
    }
  }
  return NULL;
}
