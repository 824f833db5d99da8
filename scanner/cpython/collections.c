/* Arrays, deques and ordered dictionaries: Modules/arraymodule.c,
   Modules/_collectionsmodule.c, Objects/odictobject.c of 2.7 to 3.15. */

#include "special_types.h"

typedef struct {
  PyVarObject head;
  char *items;
  Py_ssize_t allocated;
  const struct {
    char typecode;
    int itemsize;
  } * description;
  PyObject *weak_references;
#if PY_VERSION_HEX >= 0x03000000
  Py_ssize_t exports;
#endif
} array_object;

static size_t array_length(PyObject *object) { return (size_t)Py_SIZE(object); }

static hg_range array_owned(PyObject *object) {
  array_object *self = (array_object *)object;
  hg_range range = {(uintptr_t)self->items, 0};
  if (self->items != NULL) {
    range.bytes = (size_t)self->allocated * (size_t)self->description->itemsize;
  }
  return range;
}

static void array_blocks(PyObject *object, hg_blocks *blocks) {
  hg_add_block_at(blocks, ((array_object *)object)->items,
                  array_owned(object).bytes);
}

#if PY_VERSION_HEX < 0x03000000
enum { kDequeBlockLength = 62 };
#else
enum { kDequeBlockLength = 64 };
#endif

/* From 3.11 on each deque keeps some blocks that it no longer needs. */
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
  Py_ssize_t most;
  long state;
#else
  size_t state;
  Py_ssize_t most;
#endif
#if PY_VERSION_HEX >= 0x030b0000
  Py_ssize_t num_free_blocks;
  void *free_blocks[16];
#endif
  PyObject *weak_references;
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
#if PY_VERSION_HEX >= 0x030b0000
  count += (size_t)self->num_free_blocks;
#endif
  const size_t bytes = (kDequeBlockLength + 2) * sizeof(void *);
  hg_add_blocks(blocks, (hg_block){NULL, bytes, count, 0});
}

#if PY_VERSION_HEX >= 0x03000000

typedef struct {
  PyDictObject dict;
  void *first_node;
  void *last_node;
  void **fast_nodes;
  Py_ssize_t fast_nodes_length;
  void *resize_sentinel;
  size_t state;
  PyObject *instance_dict;
  PyObject *weak_references;
} odict_object;

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
    hg_add_block_at(blocks, self->fast_nodes,
                    (size_t)self->fast_nodes_length * sizeof(void *));
  }
  /* One node an entry. */
  hg_add_blocks(blocks, (hg_block){NULL, sizeof(odict_node),
                                   (size_t)self->dict.ma_used, 0});
}

#endif

const hg_special_row hg_collection_rows[] = {
    {"array.array",
     sizeof(array_object),
     {NULL, NULL, array_blocks, array_length},
     array_owned},
    {"collections.deque",
     sizeof(deque_object),
     {NULL, NULL, deque_blocks, deque_length},
     NULL},
#if PY_VERSION_HEX >= 0x03000000
    {"collections.OrderedDict",
     sizeof(odict_object),
     {NULL, NULL, odict_blocks, NULL},
     NULL},
#endif
    {NULL, 0, {NULL, NULL, NULL, NULL}, NULL},
};
