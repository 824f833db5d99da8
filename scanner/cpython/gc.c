/* The lists of the garbage collector: every tracked object.

   Layouts: Include/internal/pycore_gc.h; 3.7 and 3.8: internal/mem.h and
   pycore_pymem.h; 2.7 and 3.6: Modules/gcmodule.c. */

#include "internal.h"

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

void hg_visit_gc_objects(hg_object_function visit, void *context) {
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
