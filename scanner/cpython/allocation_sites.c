/* Where blocks were allocated, as far as tracemalloc has traced it.

   tracemalloc keeps a table from the start of each block to its traceback.
   To ask it makes Python objects, so its table is read as it is.  It stands in
   _PyRuntime from 3.12 on; before, in variables without exported names.

   Layouts: Include/internal/pycore_tracemalloc.h and pycore_hashtable.h;
   trace_t: Python/tracemalloc.c (3.12: Modules/_tracemalloc.c). */

#include "internal.h"
#include "surroundings.h"

#if PY_VERSION_HEX >= 0x030c0000 && !defined(Py_GIL_DISABLED)

#include <internal/pycore_runtime.h>
#include <internal/pycore_tracemalloc.h>

typedef struct {
  size_t size; /* Of the block, bytes. */
  struct tracemalloc_traceback *traceback;
} traced_block;

int hg_lock_sites(void) {
  if (!_PyRuntime.tracemalloc.config.tracing) return 0;
  hg_lock_traces();
  return 1;
}

void hg_unlock_sites(void) { hg_unlock_traces(); }

const hg_traceback *hg_allocation_traceback(PyObject *object) {
  _Py_hashtable_t *table = _PyRuntime.tracemalloc.traces;
  if (table == NULL) return NULL;
  const char *block = (const char *)object - hg_header_bytes(object);
  const traced_block *traced =
      (const traced_block *)_Py_hashtable_get(table, block);
  return traced == NULL ? NULL : (const hg_traceback *)traced->traceback;
}

size_t hg_traceback_length(const hg_traceback *traceback) {
  return ((const struct tracemalloc_traceback *)traceback)->nframe;
}

hg_traced_frame hg_traceback_frame(const hg_traceback *traceback,
                                   size_t index) {
  const struct tracemalloc_traceback *frames =
      (const struct tracemalloc_traceback *)traceback;
  hg_traced_frame frame = {NULL, NULL, frames->frames[index].lineno};
#if PY_VERSION_HEX >= 0x030f0000
  frame.utf8_file = frames->frames[index].filename;
#else
  frame.file = frames->frames[index].filename;
#endif
  return frame;
}

#else

int hg_lock_sites(void) { return 0; }

void hg_unlock_sites(void) {}

const hg_traceback *hg_allocation_traceback(PyObject *object) {
  (void)object;
  return NULL;
}

size_t hg_traceback_length(const hg_traceback *traceback) {
  (void)traceback;
  return 0;
}

hg_traced_frame hg_traceback_frame(const hg_traceback *traceback,
                                   size_t index) {
  hg_traced_frame frame = {NULL, NULL, 0};
  (void)traceback;
  (void)index;
  return frame;
}

#endif
