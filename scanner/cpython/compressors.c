/* What objects of compression.zstd keep for themselves: the content of a
   dictionary, and input that a decompressor has not used yet.

   The library's own state is in no field with a size.  Layouts: zstddict.h and
   decompressor.c in Modules/_zstd, 3.14 and 3.15. */

#include "special_types.h"

#if PY_VERSION_HEX >= 0x030e0000

typedef struct {
  PyObject head;
  void *digested;
  PyObject *c_dicts; /* Which its tp_traverse does not show. */
  char *content;
  Py_ssize_t content_bytes;
  uint32_t id;
  PyMutex lock;
} zstd_dictionary;

static void dictionary_visit(PyObject *object, hg_reference_function visit,
                             void *context) {
  hg_visit_field(((zstd_dictionary *)object)->c_dicts, "c_dicts", visit,
                 context);
}

static void dictionary_blocks(PyObject *object, hg_blocks *blocks) {
  const zstd_dictionary *self = (const zstd_dictionary *)object;
  if (self->content == NULL || self->content_bytes < 0) return;
  hg_add_block_at(blocks, self->content, (size_t)self->content_bytes);
}

typedef struct {
  PyObject head;
  void *library_state;
  PyObject *dictionary;
  char *input;
  size_t input_bytes;
  size_t input_begin, input_end;
  PyObject *unused_data;
  char flags[2];
  PyMutex lock;
} zstd_decompressor;

static void decompressor_blocks(PyObject *object, hg_blocks *blocks) {
  const zstd_decompressor *self = (const zstd_decompressor *)object;
  if (self->input == NULL) return;
  hg_add_block_at(blocks, self->input, self->input_bytes);
}

#endif

const hg_special_row hg_compressor_rows[] = {
#if PY_VERSION_HEX >= 0x030e0000
    {"compression.zstd.ZstdDict",
     sizeof(zstd_dictionary),
     {dictionary_visit, NULL, dictionary_blocks, NULL},
     NULL},
    {"compression.zstd.ZstdDecompressor",
     sizeof(zstd_decompressor),
     {NULL, NULL, decompressor_blocks, NULL},
     NULL},
#endif
    {NULL, 0, {NULL, NULL, NULL, NULL}, NULL},
};
