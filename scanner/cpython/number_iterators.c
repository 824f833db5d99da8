/* Decimal numbers, and the iterators that count with indices of their own:
   Modules/_decimal/_decimal.c, libmpdec/mpdecimal.h, Modules/itertoolsmodule.c
   of 2.7 to 3.15. */

#include "special_types.h"

#if PY_VERSION_HEX >= 0x03000000

typedef struct {
  PyObject head;
  Py_hash_t hash;
  unsigned char flags;
  Py_ssize_t exponent;
  Py_ssize_t num_digits;
  Py_ssize_t num_words;
  Py_ssize_t allocated; /* Words. */
  size_t *words;
  size_t first_words[4];
} decimal_object;

/* Short numbers are a part of the object. */
static void decimal_blocks(PyObject *object, hg_blocks *blocks) {
  decimal_object *self = (decimal_object *)object;
  if (self->words == NULL || self->words == self->first_words) return;
  hg_add_block_at(blocks, self->words,
                  (size_t)self->allocated * sizeof(size_t));
}

#endif

typedef struct {
  PyObject head;
  PyObject *pools;
  Py_ssize_t *indices;
  PyObject *result;
  int is_stopped;
} product_object;

static void product_blocks(PyObject *object, hg_blocks *blocks) {
  product_object *self = (product_object *)object;
  if (self->indices == NULL || self->pools == NULL) return;
  hg_add_block_at(blocks, self->indices,
                  (size_t)Py_SIZE(self->pools) * sizeof(Py_ssize_t));
}

typedef struct {
  PyObject head;
  PyObject *pool;
  Py_ssize_t *indices;
  PyObject *result;
  Py_ssize_t length;
  int is_stopped;
} combinations_object;

static void combinations_blocks(PyObject *object, hg_blocks *blocks) {
  combinations_object *self = (combinations_object *)object;
  if (self->indices == NULL) return;
  hg_add_block_at(blocks, self->indices,
                  (size_t)self->length * sizeof(Py_ssize_t));
}

typedef struct {
  PyObject head;
  PyObject *pool;
  Py_ssize_t *indices;
  Py_ssize_t *cycles;
  PyObject *result;
  Py_ssize_t length;
  int is_stopped;
} permutations_object;

static void permutations_blocks(PyObject *object, hg_blocks *blocks) {
  permutations_object *self = (permutations_object *)object;
  if (self->indices != NULL && self->pool != NULL) {
    hg_add_block_at(blocks, self->indices,
                    (size_t)Py_SIZE(self->pool) * sizeof(Py_ssize_t));
  }
  if (self->cycles != NULL) {
    hg_add_block_at(blocks, self->cycles,
                    (size_t)self->length * sizeof(Py_ssize_t));
  }
}

const hg_special_row hg_number_rows[] = {
#if PY_VERSION_HEX >= 0x03000000
    {"decimal.Decimal",
     sizeof(decimal_object),
     {NULL, NULL, decimal_blocks, NULL},
     NULL},
#endif
    {"itertools.product",
     sizeof(product_object),
     {NULL, NULL, product_blocks, NULL},
     NULL},
    {"itertools.combinations",
     sizeof(combinations_object),
     {NULL, NULL, combinations_blocks, NULL},
     NULL},
    {"itertools.combinations_with_replacement",
     sizeof(combinations_object),
     {NULL, NULL, combinations_blocks, NULL},
     NULL},
    {"itertools.permutations",
     sizeof(permutations_object),
     {NULL, NULL, permutations_blocks, NULL},
     NULL},
    {NULL, 0, {NULL, NULL, NULL, NULL}, NULL},
};
