/* A place in a frame from 3.11 on: a variable, a temporary, the code.

   Layout: Include/internal/pycore_frame.h; from 3.14 on pycore_structs.h and
   pycore_stackref.h. */

#ifndef HEAPGRIND_SCANNER_CPYTHON_FRAME_SLOT_H_
#define HEAPGRIND_SCANNER_CPYTHON_FRAME_SLOT_H_

#include "internal.h"

#if PY_VERSION_HEX >= 0x030e0000

typedef _PyStackRef hg_frame_slot;

/* NULL for a place that is empty.  The two lowest bits are no part of the
   address: both are set for a number that is no object, and what is empty has
   no address. */
static inline PyObject *hg_object_in(hg_frame_slot slot) {
  const uintptr_t tags = slot.bits & 3;
  return tags == 3 ? NULL : (PyObject *)(slot.bits - tags);
}

#else

typedef PyObject *hg_frame_slot;

static inline PyObject *hg_object_in(hg_frame_slot slot) { return slot; }

#endif

#endif /* HEAPGRIND_SCANNER_CPYTHON_FRAME_SLOT_H_ */
