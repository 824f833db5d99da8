/* Which objects own memory that neither tp_basicsize nor tp_traverse shows.

   Any module may call a type of its own `array.array`: the structs are those of
   types whose code lies in the interpreter's own files, numpy's or greenlet's.
 */

#include "special_types.h"

static const hg_special_row *const kTables[] = {
    hg_builtin_rows,  hg_collection_rows, hg_io_rows,         hg_string_io_rows,
    hg_library_rows,  hg_number_rows,     hg_element_rows,    hg_pickle_rows,
    hg_queue_rows,    hg_array_rows,      hg_numpy_rows,      hg_ufunc_rows,
    hg_greenlet_rows, hg_context_rows,    hg_compressor_rows,
};

static int has_known_struct(PyTypeObject *type) {
  return hg_is_interpreters_type(type) || hg_is_numpys_type(type) ||
         hg_is_greenlets_type(type);
}

/* The row of a type, if the struct that it knows is the type's. */
static const hg_special_row *find_row(PyTypeObject *type) {
  const size_t count = sizeof kTables / sizeof kTables[0];
  const size_t bytes = (size_t)type->tp_basicsize;
  for (size_t i = 0; i < count; ++i) {
    for (const hg_special_row *row = kTables[i]; row->type != NULL; ++row) {
      if (strcmp(type->tp_name, row->type) != 0) continue;
      if (row->bytes == 0 || row->bytes == bytes) return row;
    }
  }
  return NULL;
}

/* What a class statement or another module makes is no special type whatever
   its name is, only its bases are; and not they, if it has no room for what
   they have. */
const hg_special_row *hg_find_special_row(PyTypeObject *type) {
  const Py_ssize_t bytes = type->tp_basicsize;
  for (; type != NULL; type = type->tp_base) {
    if (!has_known_struct(type) || bytes < type->tp_basicsize) continue;
    const hg_special_row *row = find_row(type);
    if (row != NULL) return row;
  }
  return NULL;
}

const hg_special_type *hg_find_special_type(PyTypeObject *type) {
  const hg_special_row *row = hg_find_special_row(type);
  return row == NULL ? NULL : &row->special;
}

typedef struct {
  PyObject *target;
  int is_shown;
} search;

static int compare(PyObject *shown, void *context) {
  search *self = (search *)context;
  if (shown == self->target) self->is_shown = 1;
  return self->is_shown;
}

int hg_traverse_shows(PyObject *object, PyObject *target) {
  search self = {target, 0};
  if (hg_is_traversable(object)) {
    Py_TYPE(object)->tp_traverse(object, compare, &self);
  }
  return self.is_shown;
}
