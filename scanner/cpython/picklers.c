/* Picklers and unpicklers, and what they remember: Modules/_pickle.c of 3.6 to
   3.15.

   tp_traverse shows what they remember on some versions only. */

#include "special_types.h"

#if PY_VERSION_HEX >= 0x03000000

typedef struct {
  PyObject *key; /* NULL: the entry is free. */
  Py_ssize_t number;
} memo_entry;

typedef struct {
  size_t mask;
  size_t used;
  size_t allocated; /* A power of two. */
  memo_entry *entries;
} memo_table;

typedef struct {
  PyObject head;
  memo_table *memo;
  PyObject *persistent_id;
  PyObject *persistent_id_of; /* Not in 3.13.0. */
  PyObject *dispatch_table;
#if PY_VERSION_HEX >= 0x03080000
  PyObject *reducer_override;
#endif
  PyObject *write;
  PyObject *output;
  Py_ssize_t output_length, output_allocated;
  int protocol, is_binary, frames;
  Py_ssize_t frame_start, buffer_size;
  int fast, fast_nesting, fix_imports;
  PyObject *fast_memo;
#if PY_VERSION_HEX >= 0x03080000
  PyObject *buffer_callback;
#endif
} pickler;

static const memo_table *memo_of(PyObject *object) {
  const memo_table *memo = ((pickler *)object)->memo;
  return memo == NULL || memo->entries == NULL ? NULL : memo;
}

static void pickler_blocks(PyObject *object, hg_blocks *blocks) {
  const memo_table *memo = memo_of(object);
  if (memo == NULL) return;
  hg_add_block(blocks, sizeof(memo_table));
  hg_add_block_at(blocks, memo->entries, memo->allocated * sizeof(memo_entry));
}

static void visit_memo(PyObject *object, hg_reference_function visit,
                       void *context) {
  const memo_table *memo = memo_of(object);
  int is_first = 1;
  for (size_t i = 0; memo != NULL && i < memo->allocated; ++i) {
    PyObject *key = memo->entries[i].key;
    if (key == NULL) continue;
    if (is_first && hg_traverse_shows(object, key)) return;
    is_first = 0;
    visit(context, key, NULL, NULL);
  }
}

/* How it begins and ends; what is between them differs in length, even within
   one minor version. */
typedef struct {
  PyObject head;
  PyObject *stack;
  PyObject **memo; /* By number. */
  size_t memo_allocated;
  size_t memo_used;
} unpickler;

typedef struct {
  char *encoding;
  char *errors;
  Py_ssize_t *marks;
  Py_ssize_t num_marks, marks_allocated;
  int protocol, fix_imports;
} unpickler_end;

/* With so many words, and a Py_buffer, between them or behind the end. */
#define UNPICKLER_BYTES(words)                                        \
  (sizeof(unpickler) + sizeof(Py_buffer) + (words) * sizeof(void *) + \
   sizeof(unpickler_end))

/* From this on there is one word behind the end. */
enum { kFirstWithLast = UNPICKLER_BYTES(15) };

static const unpickler_end *end_of(PyObject *object) {
  PyTypeObject *type = Py_TYPE(object);
  while (!hg_is_interpreters_type(type)) type = type->tp_base;
  size_t bytes = (size_t)type->tp_basicsize;
  if (bytes >= kFirstWithLast) bytes -= sizeof(void *);
  return (const unpickler_end *)((const char *)object + bytes) - 1;
}

static void unpickler_blocks(PyObject *object, hg_blocks *blocks) {
  const unpickler *self = (unpickler *)object;
  const unpickler_end *end = end_of(object);
  if (self->memo != NULL) {
    hg_add_block_at(blocks, self->memo,
                    self->memo_allocated * sizeof(PyObject *));
  }
  if (end->marks != NULL) {
    hg_add_block_at(blocks, end->marks,
                    (size_t)end->marks_allocated * sizeof(Py_ssize_t));
  }
  if (end->encoding != NULL) hg_add_block(blocks, strlen(end->encoding) + 1);
  if (end->errors != NULL) hg_add_block(blocks, strlen(end->errors) + 1);
}

static void visit_unpickled(PyObject *object, hg_reference_function visit,
                            void *context) {
  unpickler *self = (unpickler *)object;
  const size_t count = self->memo == NULL ? 0 : self->memo_allocated;
  int is_first = 1;
  for (size_t i = 0; i < count; ++i) {
    PyObject *made = self->memo[i];
    if (made == NULL) continue;
    if (is_first && hg_traverse_shows(object, made)) return;
    is_first = 0;
    visit(context, made, NULL, NULL);
  }
}

/* The values that are not yet parts of others.  While tp_itemsize says that
   they are in the object itself, they are in a block. */
typedef struct {
  PyVarObject head;
  PyObject **values;
  int has_mark;
  Py_ssize_t first_of_mark;
  Py_ssize_t allocated;
} pickle_stack;

static void stack_blocks(PyObject *object, hg_blocks *blocks) {
  const pickle_stack *self = (pickle_stack *)object;
  const size_t bytes = (size_t)self->allocated * sizeof(PyObject *);
  const size_t counted =
      (size_t)(Py_SIZE(object) * Py_TYPE(object)->tp_itemsize);
  if (self->values != NULL) {
    hg_add_block_at(blocks, self->values, bytes - counted);
  }
}

static void visit_stack(PyObject *object, hg_reference_function visit,
                        void *context) {
  const pickle_stack *self = (pickle_stack *)object;
  for (Py_ssize_t i = 0; self->values != NULL && i < Py_SIZE(object); ++i) {
    hg_visit_field(self->values[i], NULL, visit, context);
  }
}

#define PICKLER_ROW(bytes) \
  { "_pickle.Pickler", bytes, {NULL, visit_memo, pickler_blocks, NULL}, NULL }
#define UNPICKLER_ROW(words)                                  \
  {                                                           \
    "_pickle.Unpickler", UNPICKLER_BYTES(words),              \
        {NULL, visit_unpickled, unpickler_blocks, NULL}, NULL \
  }

#endif

const hg_special_row hg_pickle_rows[] = {
#if PY_VERSION_HEX >= 0x03000000
    PICKLER_ROW(sizeof(pickler)),
    PICKLER_ROW(sizeof(pickler) - sizeof(PyObject *)),
#if PY_VERSION_HEX < 0x03080000
    UNPICKLER_ROW(10),
#else
    UNPICKLER_ROW(11), /* 3.13.0 */
    UNPICKLER_ROW(12), /* 3.8 to 3.12, 3.13.5 */
    UNPICKLER_ROW(15), /* 3.14.10 */
    UNPICKLER_ROW(16), /* 3.15.2 */
#endif
    {"_pickle.Pdata",
     sizeof(pickle_stack),
     {NULL, visit_stack, stack_blocks, NULL},
     NULL},
#endif
    {NULL, 0, {NULL, NULL, NULL, NULL}, NULL},
};
