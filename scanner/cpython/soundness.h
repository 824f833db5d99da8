/* Whether what a pointer points to is an object, where the heap is not trusted.

   A type is proven before what it says is believed; then the object's own
   extents are: they must lie in memory that may be read.  An object that is
   sound may still hold references to anything. */

#ifndef HEAPGRIND_SCANNER_CPYTHON_SOUNDNESS_H_
#define HEAPGRIND_SCANNER_CPYTHON_SOUNDNESS_H_

#include "compat.h"

#ifdef __cplusplus
extern "C" {
#endif

/* True if `object` is one, as far as can be told without asking it. */
int hg_is_sound(PyObject *object);

/* True for types: their metatype and bases lead to `type` and `object`. */
int hg_is_sound_type(PyTypeObject *type);

/* Types that were proven are remembered: to be called in a process that runs
   on, in which they may end. */
void hg_forget_types(void);

/* hg_is_sound, where the heap is not trusted: else all are. */
static inline int hg_may_follow(PyObject *object) {
  return hg_trusts_heap() || hg_is_sound(object);
}

#ifdef __cplusplus
}
#endif

#endif /* HEAPGRIND_SCANNER_CPYTHON_SOUNDNESS_H_ */
