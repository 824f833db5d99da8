/* The tables of special types, one for each file that declares their structs.

   The struct of a type that is private to a module is declared here again, as
   long as the module's own: a type whose tp_basicsize is another one has
   another layout, such as that of a version or a build that is not known.  Its
   objects then count no more than their tp_basicsize. */

#ifndef HEAPGRIND_SCANNER_CPYTHON_SPECIAL_TYPES_H_
#define HEAPGRIND_SCANNER_CPYTHON_SPECIAL_TYPES_H_

// clang-format off: the internal headers come first.
#include "internal.h"
#include "foreign_memory.h"
// clang-format on

typedef struct {
  const char *type; /* tp_name; NULL ends a table. */
  size_t bytes;     /* The tp_basicsize that proves the struct; 0: a public
                       struct, or its beginning. */
  hg_special_type special;
  hg_range_function owned; /* Memory for others to look at; NULL: none. */
} hg_special_row;

extern const hg_special_row hg_builtin_rows[];    /* buffers.c */
extern const hg_special_row hg_collection_rows[]; /* collections.c */
extern const hg_special_row hg_io_rows[];         /* io_buffers.c */
extern const hg_special_row hg_string_io_rows[];  /* string_io.c */
extern const hg_special_row hg_library_rows[];    /* library_objects.c */
extern const hg_special_row hg_number_rows[];     /* number_iterators.c */
extern const hg_special_row hg_element_rows[];    /* elements.c */
extern const hg_special_row hg_pickle_rows[];     /* picklers.c */
extern const hg_special_row hg_queue_rows[];      /* locks_and_queues.c */
extern const hg_special_row hg_array_rows[];      /* ndarray.c */
extern const hg_special_row hg_numpy_rows[];      /* numpy_scalars.c */
extern const hg_special_row hg_ufunc_rows[];      /* ufuncs.c */
extern const hg_special_row hg_greenlet_rows[];   /* greenlets.c */
extern const hg_special_row hg_context_rows[];    /* contexts.c */
extern const hg_special_row hg_compressor_rows[]; /* compressors.c */

/* The row of a type or of its nearest base that has one; NULL: none. */
const hg_special_row *hg_find_special_row(PyTypeObject *type);

/* From the first byte of an array's elements to the last.  It has elements: no
   extent is 0. */
hg_range hg_strided_range(void *first, size_t item_bytes, int num_dimensions,
                          const Py_ssize_t *extents, const Py_ssize_t *strides);

/* What an array of numpy shows, owns and has for its base. */
hg_range hg_ndarray_range(PyObject *array);
hg_range hg_ndarray_owned(PyObject *array);
PyObject *hg_ndarray_base(PyObject *array);

/* True if the tp_traverse of `object` shows `target`. */
int hg_traverse_shows(PyObject *object, PyObject *target);

#endif /* HEAPGRIND_SCANNER_CPYTHON_SPECIAL_TYPES_H_ */
