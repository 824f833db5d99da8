/* Every object that the garbage collector tracks: in its lists, or, in builds
   without a GIL, in the heap of the allocator.

   Layouts: Include/internal/pycore_gc.h; 3.7 and 3.8: internal/mem.h and
   pycore_pymem.h; 2.7 and 3.6: Modules/gcmodule.c. */

#include "internal.h"

#ifdef Py_GIL_DISABLED

typedef struct {
  hg_begin_function begin;
  hg_object_function visit;
  void *context;
  int has_begun;
} heap_walk;

static int visit_next(PyObject *object, void *context) {
  heap_walk *walk = (heap_walk *)context;
  if (!walk->has_begun) {
    walk->has_begun = 1;
    if (walk->begin != NULL) walk->begin(walk->context);
  }
  if (walk->visit == NULL) return 0;
  walk->visit(walk->context, object);
  return 1;
}

/* Of all that stops the world, this alone is exported (3.13).  It holds it
   until it returns, which is why `begin` is called from within.  There is
   always an object: the modules' dictionaries. */
void hg_walk_heap(hg_begin_function begin, hg_object_function visit,
                  void *context) {
  heap_walk walk = {begin, visit, context, 0};
  PyUnstable_GC_VisitObjects(visit_next, &walk);
}

#else

#if PY_VERSION_HEX < 0x03070000

/* Exported by Modules/gcmodule.c: the head of the first of three lists, each
   followed by its threshold and count. */
extern PyGC_Head *_PyGC_generation0;

typedef struct {
  PyGC_Head head;
  int threshold;
  int count;
} generation;

#else
typedef struct gc_generation generation;
#endif

enum { kGenerations = 3 };

static void visit_list(PyGC_Head *head, hg_object_function visit,
                       void *context) {
#if PY_VERSION_HEX >= 0x03080000
  PyGC_Head *node = (PyGC_Head *)(head->_gc_next & ~(uintptr_t)1);
  for (; node != NULL && node != head;
       node = (PyGC_Head *)(node->_gc_next & ~(uintptr_t)1)) {
    visit(context, (PyObject *)(node + 1));
  }
#else
  for (PyGC_Head *node = head->gc.gc_next; node != NULL && node != head;
       node = node->gc.gc_next) {
    visit(context, (PyObject *)(node + 1));
  }
#endif
}

/* Releases of 3.14 have different names for the three that stand in front of
   the permanent generation. */
#if PY_VERSION_HEX >= 0x030e0000
static generation *generations_of(PyInterpreterState *self) {
  return &self->gc.permanent_generation - kGenerations;
}
#elif PY_VERSION_HEX >= 0x03090000
static generation *generations_of(PyInterpreterState *self) {
  return self->gc.generations;
}
#endif

static void visit_generations(generation *generations, hg_object_function visit,
                              void *context) {
  for (int i = 0; i < kGenerations; ++i) {
    visit_list(&generations[i].head, visit, context);
  }
}

static void visit_tracked(hg_object_function visit, void *context) {
#if PY_VERSION_HEX >= 0x03090000
  for (PyInterpreterState *each = hg_next_interpreter(NULL); each != NULL;
       each = hg_next_interpreter(each)) {
    visit_generations(generations_of(each), visit, context);
    visit_list(&each->gc.permanent_generation.head, visit, context);
  }
#elif PY_VERSION_HEX >= 0x03070000
  visit_generations(_PyRuntime.gc.generations, visit, context);
  visit_list(&_PyRuntime.gc.permanent_generation.head, visit, context);
#else
  visit_generations((generation *)_PyGC_generation0, visit, context);
#endif
}

void hg_walk_heap(hg_begin_function begin, hg_object_function visit,
                  void *context) {
  if (begin != NULL) begin(context);
  if (visit != NULL) visit_tracked(visit, context);
}

#endif /* Py_GIL_DISABLED */
