/* Objects of the io and struct modules that own buffers.

   Their structs are private to Modules/_io/bytesio.c, stringio.c, bufferedio.c
   and Modules/_struct.c (3.6 to 3.15), so their beginnings are declared here
   again.  hg_find_special_type proves that an object has one. */

#include "internal.h"

#if PY_VERSION_HEX >= 0x03000000

typedef struct {
  PyObject head;
  PyObject *buffer;
} bytesio_object;

void hg_bytesio_visit(PyObject *object, hg_reference_function visit,
                      void *context) {
  hg_visit_field(((bytesio_object *)object)->buffer, "buffer", visit, context);
}

typedef struct {
  PyObject head;
  Py_UCS4 *buffer;
  Py_ssize_t position;
  Py_ssize_t length;
  size_t allocated; /* Characters. */
} stringio_object;

void hg_stringio_blocks(PyObject *object, hg_blocks *blocks) {
  stringio_object *self = (stringio_object *)object;
  if (self->buffer == NULL) return;
  hg_add_block(blocks, self->allocated * sizeof(Py_UCS4));
}

/* Modules/_io/bufferedio.c */
typedef struct {
  PyObject head;
  PyObject *raw;
  int ok, detached, readable, writable;
  char finalizing;
  int fast_closed_checks;
  off_t absolute_position;
  char *buffer;
  off_t position, raw_position, read_end, write_position, write_end;
  void *lock;
  volatile unsigned long owner;
  Py_ssize_t buffer_size;
} buffered_object;

void hg_buffered_blocks(PyObject *object, hg_blocks *blocks) {
  buffered_object *self = (buffered_object *)object;
  if (self->buffer == NULL) return;
  hg_add_block(blocks, (size_t)self->buffer_size);
}

/* Modules/_struct.c */
typedef struct {
  const void *definition; /* NULL in the last. */
  Py_ssize_t offset, size, repeat;
} struct_code;

typedef struct {
  PyObject head;
  Py_ssize_t size, length;
  struct_code *codes;
  PyObject *format;
} struct_object;

void hg_struct_visit(PyObject *object, hg_reference_function visit,
                     void *context) {
  hg_visit_field(((struct_object *)object)->format, "format", visit, context);
}

void hg_struct_blocks(PyObject *object, hg_blocks *blocks) {
  const struct_code *codes = ((struct_object *)object)->codes;
  size_t count = 1;
  if (codes == NULL) return;
  while (codes[count - 1].definition != NULL) ++count;
  hg_add_block(blocks, count * sizeof(struct_code));
}

#endif /* Python 3 */
