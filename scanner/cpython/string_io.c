/* io.StringIO: Modules/_io/stringio.c of 2.7 to 3.15.

   What is written goes to a buffer of characters; from 3.3 on, until something
   else is done than to write, first to lists of strings (up to 3.11) or to a
   writer, which is in Objects/unicodeobject.c. */

#include "special_types.h"

#if PY_VERSION_HEX >= 0x030c0000

/* _PyUnicodeWriter. */
typedef struct {
  PyObject *buffer;
  void *data;
  int kind;
  Py_UCS4 most_character;
  Py_ssize_t size; /* 0 if the buffer is a string of somebody else's. */
  Py_ssize_t position;
  Py_ssize_t least_length;
  Py_UCS4 least_character;
  unsigned char overallocates;
  unsigned char is_readonly;
} unicode_writer;

#endif

#if PY_VERSION_HEX >= 0x03000000
typedef Py_UCS4 stored_character;
#else
typedef Py_UNICODE stored_character;
#endif

typedef struct {
  PyObject head;
  stored_character *buffer;
  Py_ssize_t position;
  Py_ssize_t length;
  size_t allocated; /* Characters. */
#if PY_VERSION_HEX >= 0x03000000
  int state;
#endif
#if PY_VERSION_HEX >= 0x030e0000
  unicode_writer *writer;
#elif PY_VERSION_HEX >= 0x030c0000
  unicode_writer writer;
#elif PY_VERSION_HEX >= 0x03000000
  PyObject *large;
  PyObject *small;
#endif
  char flags[4];
  PyObject *decoder;
  PyObject *newline;
  PyObject *write_newline;
  PyObject *dict;
  PyObject *weak_references;
#if PY_VERSION_HEX >= 0x030c0000
  void *module_state;
#endif
} string_io;

static void add_characters(const string_io *self, hg_blocks *blocks) {
  if (self->buffer == NULL) return;
  hg_add_block_at(blocks, self->buffer,
                  self->allocated * sizeof(stored_character));
}

#if PY_VERSION_HEX >= 0x030c0000

/* NULL if nothing was written to it. */
static const unicode_writer *writer_of(PyObject *object) {
  const int kAccumulating = 2;
  string_io *self = (string_io *)object;
#if PY_VERSION_HEX >= 0x030e0000
  const unicode_writer *writer = self->writer;
#else
  const unicode_writer *writer = &self->writer;
#endif
  const int is_used = self->state == kAccumulating && writer != NULL;
  return is_used && writer->buffer != NULL ? writer : NULL;
}

#define stringio_visit NULL

/* A string that grows is seen by nobody else yet. */
static void stringio_blocks(PyObject *object, hg_blocks *blocks) {
  const unicode_writer *writer = writer_of(object);
  add_characters((string_io *)object, blocks);
  if (writer == NULL) return;
#if PY_VERSION_HEX >= 0x030e0000
  hg_add_block(blocks, sizeof(unicode_writer));
#endif
  if (writer->size != 0) {
    hg_add_block_at(blocks, writer->buffer,
                    hg_text_bytes(writer->buffer, blocks));
  }
}

#elif PY_VERSION_HEX >= 0x03000000

static void stringio_visit(PyObject *object, hg_reference_function visit,
                           void *context) {
  const int kAccumulating = 2;
  string_io *self = (string_io *)object;
  if (self->state != kAccumulating) return;
  hg_visit_field(self->large, "large", visit, context);
  hg_visit_field(self->small, "small", visit, context);
}

static void stringio_blocks(PyObject *object, hg_blocks *blocks) {
  add_characters((string_io *)object, blocks);
}

#else

#define stringio_visit NULL
static void stringio_blocks(PyObject *object, hg_blocks *blocks) {
  add_characters((string_io *)object, blocks);
}

#endif

const hg_special_row hg_string_io_rows[] = {
    {"_io.StringIO",
     sizeof(string_io),
     {stringio_visit, NULL, stringio_blocks, NULL},
     NULL},
    {NULL, 0, {NULL, NULL, NULL, NULL}, NULL},
};
