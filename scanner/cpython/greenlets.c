/* Greenlets: the frames of those that are suspended.

   A thread knows the frames that run; those of a suspended greenlet are known
   to it alone, and its tp_traverse does not show them.  They are read from its
   struct, of which greenlet has had two:

   - 0.4 and 1.x: the object itself (greenlet.h);
   - from 2.0 on: a C++ object that the object points to (greenlet_greenlet.hpp,
     TGreenlet.hpp).

   Both are proven: the first by the places of its `__dict__` and its weak
   references, the second by the pointer that leads back to the object.  A
   layout that is not known has no frames.

   Part of a suspended greenlet's C stack is copied away, and what is in its
   place belongs to another one.  From Python 3.12 on there are frames without
   code on that stack, which are not read: greenlet, when it switches, links the
   others to each other (Greenlet::expose_frames). */

#include "special_types.h"
#include "surroundings.h"

/* Modules/_greenlet of 3.7 and later keep what a thread state has. */
#if PY_VERSION_HEX >= 0x03070000
typedef struct {
  _PyErr_StackItem *top;
  _PyErr_StackItem base;
} exception_state;
#else
typedef PyObject *exception_state[3];
#endif

/* 0.4.17 and 1.x; earlier ones where they have the same fields. */
typedef struct {
  PyObject head;
  char *stack_start;
  char *stack_stop;
  char *stack_copy;
  intptr_t stack_saved;
  void *stack_previous;
  PyObject *parent;
  PyObject *run_info; /* Of a main greenlet, the dictionary of its thread. */
  PyObject *top_frame;
  int recursion_depth;
#if PY_VERSION_HEX >= 0x030b0000
  void *current_frame;
  void *data_stack[3];
#endif
  PyObject *weak_references;
  exception_state exceptions;
  PyObject *dict;
} first_greenlet; /* Its beginning. */

typedef struct {
  PyObject head;
  PyObject *weak_references;
  PyObject *dict;
  void **state;
} second_greenlet;

/* The C++ object of the second, behind its table of methods and, from 3.1 on,
   the pointer to the Python object. */
typedef struct {
  exception_state exceptions;
  PyObject *args[2];
  char *stack_start;
  char *stack_stop;
  char *stack_copy;
  intptr_t stack_saved;
  void *stack_previous;
#if PY_VERSION_HEX >= 0x03070000
  PyObject *context;
#endif
  PyObject *top_frame;
  /* The rest as up to 3.0, which supports Python up to 3.12. */
#if PY_VERSION_HEX >= 0x030a0000 && PY_VERSION_HEX < 0x030d0000
  void *c_frame;
  int use_tracing;
#endif
#if PY_VERSION_HEX >= 0x030c0000
  int depth_of_python;
#endif
  int recursion_depth;
  int trash_nesting;
#if PY_VERSION_HEX >= 0x030b0000
  void *current_frame;
  void *data_stack[3];
#endif
  PyObject *self;
} greenlet_state;

/* What both have. */
typedef struct {
  char *stack_start;
  char *stack_stop;
  size_t stack_saved;
  PyObject *top_frame;
  PyObject *context;  /* Or NULL. */
  PyObject *run_info; /* Or NULL. */
} greenlet_parts;

/* greenlet.greenlet, as greenlet itself has made it; NULL for types that are
   not derived from it. */
static PyTypeObject *greenlet_type_of(PyTypeObject *type) {
  if (type->tp_is_gc == NULL) return NULL;
  for (; type != NULL; type = type->tp_base) {
    if (strcmp(type->tp_name, "greenlet.greenlet") == 0 &&
        hg_is_greenlets_type(type)) {
      return type;
    }
  }
  return NULL;
}

int hg_is_greenlet_type(PyTypeObject *type) {
  return greenlet_type_of(type) != NULL;
}

int hg_is_greenlet(PyObject *object) {
  return hg_is_greenlet_type(Py_TYPE(object));
}

/* False for addresses where no object can be. */
static int is_mapped(const void *address) {
  const uintptr_t place = (uintptr_t)address;
  return place != 0 && place % sizeof(void *) == 0 && hg_is_mapped(address);
}

static int is_first(PyTypeObject *type) {
  return type->tp_dictoffset == offsetof(first_greenlet, dict) &&
         type->tp_weaklistoffset == offsetof(first_greenlet, weak_references);
}

static int is_second(PyTypeObject *type) {
  return type->tp_basicsize == sizeof(second_greenlet) &&
         type->tp_dictoffset == offsetof(second_greenlet, dict) &&
         type->tp_weaklistoffset == offsetof(second_greenlet, weak_references);
}

static const greenlet_state *state_of(PyObject *greenlet) {
  void **words = ((second_greenlet *)greenlet)->state;
  if (!is_mapped(words)) return NULL;
  if (words[1] == greenlet) return (const greenlet_state *)(words + 2);
  const greenlet_state *state = (const greenlet_state *)(words + 1);
  return state->self == greenlet ? state : NULL;
}

/* False if the layout is not known. */
static int read_parts(PyObject *greenlet, greenlet_parts *parts) {
  PyTypeObject *type = greenlet_type_of(Py_TYPE(greenlet));
  memset(parts, 0, sizeof *parts);
  if (is_first(type)) {
    const first_greenlet *self = (const first_greenlet *)greenlet;
    parts->stack_start = self->stack_start;
    parts->stack_stop = self->stack_stop;
    parts->stack_saved = (size_t)self->stack_saved;
    parts->top_frame = self->top_frame;
    parts->run_info = self->run_info;
    return 1;
  }
  const greenlet_state *state = is_second(type) ? state_of(greenlet) : NULL;
  if (state == NULL) return 0;
  parts->stack_start = state->stack_start;
  parts->stack_stop = state->stack_stop;
  parts->stack_saved = (size_t)state->stack_saved;
  parts->top_frame = state->top_frame;
#if PY_VERSION_HEX >= 0x03070000
  parts->context = state->context;
#endif
  return 1;
}

static int is_main(const greenlet_parts *parts) {
  return parts->stack_stop == (char *)-1;
}

hg_frame *hg_greenlet_frame(PyObject *greenlet) {
  greenlet_parts parts;
  if (!read_parts(greenlet, &parts) || parts.stack_start == NULL) return NULL;
  if (!is_mapped(parts.top_frame) || !PyFrame_Check(parts.top_frame)) {
    return NULL;
  }
  return hg_frame_of_object(parts.top_frame);
}

/* A thread's stack lies below what its number points to, but for that of the
   first thread, which lies above all of them: glibc's nptl/allocatestack.c. */
PyThreadState *hg_main_greenlet_thread(PyObject *greenlet) {
  greenlet_parts parts;
  PyThreadState *nearest = NULL, *main = NULL;
  if (!read_parts(greenlet, &parts) || !is_main(&parts)) return NULL;
  const uint64_t stack = (uint64_t)(uintptr_t)parts.stack_start;
  for (PyThreadState *thread = hg_first_thread(); thread != NULL;
       thread = hg_next_thread(thread)) {
    if (parts.run_info != NULL && parts.run_info == thread->dict) return thread;
    if (hg_is_main_thread(thread)) main = thread;
    const uint64_t id = hg_thread_id(thread);
    if (id > stack && (nearest == NULL || id < hg_thread_id(nearest))) {
      nearest = thread;
    }
  }
  if (parts.run_info != NULL) return NULL;
  return nearest != NULL ? nearest : main;
}

/* The parent is the first greenlet that tp_traverse shows. */
static int find_greenlet(PyObject *shown, void *context) {
  if (!hg_is_greenlet(shown)) return 0;
  *(PyObject **)context = shown;
  return 1;
}

static void greenlet_visit(PyObject *greenlet, hg_reference_function visit,
                           void *context) {
  greenlet_parts parts;
  if (!read_parts(greenlet, &parts)) return;
  if (parts.context != NULL && hg_traverse_shows(greenlet, parts.context)) {
    visit(context, parts.context, "gr_context", NULL);
  }
  if (is_main(&parts)) return;
  PyObject *parent = NULL;
  Py_TYPE(greenlet)->tp_traverse(greenlet, find_greenlet, &parent);
  hg_visit_field(parent, "parent", visit, context);
}

/* What was saved of the C stack. */
static void greenlet_blocks(PyObject *greenlet, hg_blocks *blocks) {
  greenlet_parts parts;
  if (read_parts(greenlet, &parts)) hg_add_block(blocks, parts.stack_saved);
}

const hg_special_row hg_greenlet_rows[] = {
    {"greenlet.greenlet",
     0,
     {greenlet_visit, NULL, greenlet_blocks, NULL},
     NULL},
    {NULL, 0, {NULL, NULL, NULL, NULL}, NULL},
};
