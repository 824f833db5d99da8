/* What the extension module takes for the garbage collector's lists in builds
   without a GIL: the objects that PyUnstable_GC_VisitObjects has visited
   (scan/stopped_world.cc). */

#include "internal.h"

#ifdef Py_GIL_DISABLED

static PyObject *const *used_objects = NULL;
static size_t num_used = 0;

void hg_use_objects(PyObject *const *objects, size_t count) {
  used_objects = objects;
  num_used = count;
}

void hg_walk_heap(hg_object_function visit, void *context) {
  for (size_t i = 0; i < num_used; ++i) visit(context, used_objects[i]);
}

/* There are none. */
int hg_gc_lists_agree(void) { return 1; }

#endif
