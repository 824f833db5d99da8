/* Objects of the io and struct modules that own buffers.

   Modules/_io/bytesio.c, bufferedio.c and Modules/_struct.c of 2.7 to 3.15.
   What StringIO has is in string_io.c. */

#include "special_types.h"

/* Up to 2.7 the buffer is memory, later a bytes object. */
typedef struct {
  PyObject head;
#if PY_VERSION_HEX >= 0x03000000
  PyObject *buffer;
#else
  char *buffer;
#endif
  Py_ssize_t position;
  Py_ssize_t length;
#if PY_VERSION_HEX < 0x03000000
  size_t allocated;
#endif
  PyObject *dict;
  PyObject *weak_references;
#if PY_VERSION_HEX >= 0x03000000
  Py_ssize_t exports;
#endif
#if PY_VERSION_HEX >= 0x030e0000 && defined(Py_GIL_DISABLED)
  int is_shared;
#endif
} bytesio_object;

#if PY_VERSION_HEX >= 0x03000000
static void bytesio_visit(PyObject *object, hg_reference_function visit,
                          void *context) {
  hg_visit_field(((bytesio_object *)object)->buffer, "buffer", visit, context);
}

#else
static void bytesio_blocks(PyObject *object, hg_blocks *blocks) {
  bytesio_object *self = (bytesio_object *)object;
  if (self->buffer == NULL) return;
  hg_add_block_at(blocks, self->buffer, self->allocated);
}
#endif

/* Modules/_io/bufferedio.c */
typedef struct {
  PyObject head;
  PyObject *raw;
  int ok, detached, readable, writable;
#if PY_VERSION_HEX >= 0x03000000
  char finalizing;
#endif
  int fast_closed_checks;
  off_t absolute_position;
  char *buffer;
  off_t position, raw_position, read_end, write_position, write_end;
  void *lock;
  volatile unsigned long owner;
  Py_ssize_t buffer_size;
  Py_ssize_t buffer_mask;
  PyObject *dict;
  PyObject *weak_references;
} buffered_object;

static void buffered_blocks(PyObject *object, hg_blocks *blocks) {
  buffered_object *self = (buffered_object *)object;
  if (self->buffer == NULL) return;
  hg_add_block_at(blocks, self->buffer, (size_t)self->buffer_size);
}

/* Modules/_struct.c */
typedef struct {
  const void *definition; /* NULL in the last. */
  Py_ssize_t offset, size;
#if PY_VERSION_HEX >= 0x03000000
  Py_ssize_t repeat;
#endif
} struct_code;

typedef struct {
  PyObject head;
  Py_ssize_t size, length;
  struct_code *codes;
  PyObject *format;
  PyObject *weak_references;
#if PY_VERSION_HEX >= 0x030f0000
  char is_ready;
#endif
} struct_object;

static void struct_visit(PyObject *object, hg_reference_function visit,
                         void *context) {
  hg_visit_field(((struct_object *)object)->format, "format", visit, context);
}

static void struct_blocks(PyObject *object, hg_blocks *blocks) {
  const struct_code *codes = ((struct_object *)object)->codes;
  size_t count = 1;
  if (codes == NULL) return;
  while (codes[count - 1].definition != NULL) ++count;
  hg_add_block(blocks, count * sizeof(struct_code));
}

#if PY_VERSION_HEX < 0x03090000
#define STRUCT_NAME "Struct"
#else
#define STRUCT_NAME "_struct.Struct"
#endif

const hg_special_row hg_io_rows[] = {
#if PY_VERSION_HEX >= 0x03000000
    {"_io.BytesIO",
     sizeof(bytesio_object),
     {bytesio_visit, NULL, NULL, NULL},
     NULL},
#else
    {"_io.BytesIO",
     sizeof(bytesio_object),
     {NULL, NULL, bytesio_blocks, NULL},
     NULL},
#endif
    {"_io.BufferedReader",
     sizeof(buffered_object),
     {NULL, NULL, buffered_blocks, NULL},
     NULL},
    {"_io.BufferedWriter",
     sizeof(buffered_object),
     {NULL, NULL, buffered_blocks, NULL},
     NULL},
    {"_io.BufferedRandom",
     sizeof(buffered_object),
     {NULL, NULL, buffered_blocks, NULL},
     NULL},
    {STRUCT_NAME,
     sizeof(struct_object),
     {struct_visit, NULL, struct_blocks, NULL},
     NULL},
    {NULL, 0, {NULL, NULL, NULL, NULL}, NULL},
};
