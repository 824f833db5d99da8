/* The internal headers of CPython that this folder needs, per version. */

#ifndef HEAPGRIND_SCANNER_CPYTHON_INTERNAL_H_
#define HEAPGRIND_SCANNER_CPYTHON_INTERNAL_H_

#ifndef Py_BUILD_CORE
#define Py_BUILD_CORE 1
#endif

#include "compat.h"

/* Layouts of other versions would compile in part and crash. */
#if PY_VERSION_HEX >= 0x03100000
#error "heapgrind knows Python 2.7 and 3.6 to 3.15"
#endif

#if PY_VERSION_HEX >= 0x030b0000
#include <internal/pycore_code.h>
#include <internal/pycore_dict.h>
#include <internal/pycore_frame.h>
#include <internal/pycore_gc.h>
#include <internal/pycore_interp.h>
#if PY_VERSION_HEX >= 0x030e0000
#include <internal/pycore_interpframe.h>
#endif
#include <internal/pycore_object.h>
#include <internal/pycore_pystate.h>
#include <internal/pycore_typeobject.h>
#elif PY_VERSION_HEX >= 0x03090000
#include <internal/pycore_gc.h>
#include <internal/pycore_interp.h>
#include <internal/pycore_pystate.h>
#elif PY_VERSION_HEX >= 0x03080000
#include <internal/pycore_pystate.h>
#elif PY_VERSION_HEX >= 0x03070000
#include <internal/pystate.h>
#endif

/* Calls `visit` for a field that may be NULL. */
static inline void hg_visit_field(PyObject *target, const char *name,
                                  hg_reference_function visit, void *context) {
  if (target != NULL) visit(context, target, name, NULL);
}

/* What a value on a frame's evaluation stack is called. */
#define HG_TEMPORARY "(temporary)"

/* What a suspended generator calls what it waits for. */
static inline const char *hg_awaited_name(PyObject *generator) {
#if PY_VERSION_HEX >= 0x03060000
  if (PyCoro_CheckExact(generator)) return "cr_await";
  if (PyAsyncGen_CheckExact(generator)) return "ag_await";
#endif
  (void)generator;
  return "gi_yieldfrom";
}

static inline void hg_add_blocks(hg_blocks *blocks, hg_block block) {
  const int capacity = sizeof blocks->blocks / sizeof blocks->blocks[0];
  if (block.bytes == 0 || block.count == 0) return;
  if (blocks->count < capacity) blocks->blocks[blocks->count++] = block;
}

/* A block that may be large. */
static inline void hg_add_block_at(hg_blocks *blocks, const void *start,
                                   size_t bytes) {
  const hg_block block = {start, bytes, 1, 0};
  hg_add_blocks(blocks, block);
}

/* A block that is never large: of less than 128 KiB. */
static inline void hg_add_block(hg_blocks *blocks, size_t bytes) {
  hg_add_block_at(blocks, NULL, bytes);
}

/* A block that malloc has handed out, even if it is small. */
static inline void hg_add_raw_block(hg_blocks *blocks, const void *start,
                                    size_t bytes) {
  const hg_block block = {start, bytes, 1, 1};
  hg_add_blocks(blocks, block);
}

/* dict.c: True if the tables of a dictionary lie in memory that may be read,
   and agree on their lengths. */
int hg_is_sound_dict(PyObject *dict);

#if PY_VERSION_HEX >= 0x030b0000
/* dict.c: bytes of the block of a split dictionary's or an instance's values;
   `keys` is the table that goes with them (from 3.13 on not needed). */
size_t hg_values_block_bytes(PyDictValues *values, PyDictKeysObject *keys);
#endif

/* singletons.c: up to 3.14 integers from -5 to 256, later to 1024
   (Objects/longobject.c), and strings of one character below U+0100. */
enum { HG_LEAST_SMALL_INT = -5, HG_MOST_SMALL_INT = 1024, HG_CHARACTERS = 256 };
void hg_keep_singleton(PyObject *object, const char *name);
/* How many references to each are nobody's: the tables' own, and ours. */
void hg_set_own_references(Py_ssize_t count);
int hg_knows_singletons(void);

/* gc.c: True if the heads of the collector's lists, where the heap is not
   trusted, are where they are sought: each neighbour leads back to it.  Without
   a GIL: blob/tracked_objects.c. */
int hg_gc_lists_agree(void);

/* thread_local.c: the dictionaries of thread-local data of one thread. */
void hg_visit_thread_locals(PyThreadState *thread, hg_reference_function visit,
                            void *context);

#endif /* HEAPGRIND_SCANNER_CPYTHON_INTERNAL_H_ */
