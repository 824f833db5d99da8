/* Every object that the garbage collector tracks, in its lists.  In builds
   without a GIL it has none: see visited_objects.c, and blob/tracked_objects.c.

   Layouts: Include/internal/pycore_gc.h; 3.7 and 3.8: internal/mem.h and
   pycore_pymem.h; 2.7 and 3.6: Modules/gcmodule.c. */

#include "internal.h"

#ifndef Py_GIL_DISABLED

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

#if PY_VERSION_HEX >= 0x03080000
static PyGC_Head *next_of(PyGC_Head *node) {
  return (PyGC_Head *)(node->_gc_next & ~(uintptr_t)1);
}
static PyGC_Head *previous_of(PyGC_Head *node) {
  return (PyGC_Head *)(node->_gc_prev & ~(uintptr_t)3);
}
/* While a list is collected, a count stands in the place of the way back
   (Modules/gcmodule.c, update_refs; the bit is PREV_MASK_COLLECTING). */
static int is_collected(PyGC_Head *node) { return (node->_gc_prev & 2) != 0; }
#else
static PyGC_Head *next_of(PyGC_Head *node) { return node->gc.gc_next; }
static PyGC_Head *previous_of(PyGC_Head *node) { return node->gc.gc_prev; }
static int is_collected(PyGC_Head *node) {
  (void)node;
  return 0;
}
#endif

static int is_node(PyGC_Head *node) {
  return (uintptr_t)node % sizeof(void *) == 0 &&
         hg_is_readable((uintptr_t)node, sizeof *node + sizeof(PyObject));
}

/* A walk along a list that somebody may have damaged or is just changing: it
   ends where two neighbours do not agree, or in a circle (Richard P. Brent, "An
   Improved Monte Carlo Factorization Algorithm", BIT 20, 1980, section 2). */
typedef struct {
  PyGC_Head *(*way)(PyGC_Head *);
  PyGC_Head *(*way_back)(PyGC_Head *);
  PyGC_Head *last; /* Where it was. */
  PyGC_Head *milestone;
  size_t steps, next_milestone;
} list_walk;

static list_walk begin_walk(PyGC_Head *head, int is_forward) {
  list_walk walk = {next_of, previous_of, head, head, 0, 1};
  if (!is_forward) {
    walk.way = previous_of;
    walk.way_back = next_of;
  }
  return walk;
}

/* The next node; NULL where the walk ends. */
static PyGC_Head *take_step(list_walk *walk) {
  PyGC_Head *node = walk->way(walk->last);
  if (!is_node(node) || node == walk->milestone) return NULL;
  if (walk->way_back(node) != walk->last && !is_collected(node)) return NULL;
  if (++walk->steps == walk->next_milestone) {
    walk->milestone = node;
    walk->next_milestone *= 2;
  }
  walk->last = node;
  return node;
}

/* Forwards as far as it goes, and the rest backwards. */
static void visit_untrusted(PyGC_Head *head, hg_object_function visit,
                            void *context) {
  list_walk forward = begin_walk(head, 1);
  PyGC_Head *node;
  while ((node = take_step(&forward)) != NULL && node != head) {
    visit(context, (PyObject *)(node + 1));
  }
  if (node == head || next_of(forward.last) == head) return;
  list_walk backward = begin_walk(head, 0);
  while ((node = take_step(&backward)) != NULL && node != head &&
         node != forward.last) {
    visit(context, (PyObject *)(node + 1));
  }
}

static void visit_list(PyGC_Head *head, hg_object_function visit,
                       void *context) {
  if (!hg_trusts_heap()) return visit_untrusted(head, visit, context);
  for (PyGC_Head *node = next_of(head); node != NULL && node != head;
       node = next_of(node)) {
    visit(context, (PyObject *)(node + 1));
  }
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

static int closes(PyGC_Head *head) {
  PyGC_Head *next = next_of(head);
  PyGC_Head *previous = previous_of(head);
  const size_t bytes = sizeof *head;
  return hg_is_readable((uintptr_t)next, bytes) &&
         hg_is_readable((uintptr_t)previous, bytes) &&
         (previous_of(next) == head || is_collected(next)) &&
         next_of(previous) == head;
}

/* One of them may have been stopped between two words. */
int hg_gc_lists_agree(void) {
#if PY_VERSION_HEX >= 0x03090000
  generation *generations = generations_of(hg_current_interpreter());
#elif PY_VERSION_HEX >= 0x03070000
  generation *generations = _PyRuntime.gc.generations;
#else
  generation *generations = (generation *)_PyGC_generation0;
#endif
  int num_closed = 0;
  for (int i = 0; i < kGenerations; ++i) {
    if (!hg_is_readable((uintptr_t)&generations[i], sizeof generations[i])) {
      return 0;
    }
    num_closed += closes(&generations[i].head);
  }
  return num_closed >= kGenerations - 1;
}

void hg_walk_heap(hg_object_function visit, void *context) {
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

#endif /* Py_GIL_DISABLED */
