/* Frames from 3.11 on: pieces of a thread's stack, or of a generator.  Frame
   objects and generators are here, too, and make it long: all of them are the
   same struct at another place, and no other file looks into that.

   Layout: Include/internal/pycore_frame.h; from 3.14 on
   pycore_interpframe_structs.h and pycore_stackref.h. */

#include "frame_slot.h"
#include "internal.h"

#if PY_VERSION_HEX >= 0x030b0000

#include <opcode.h>

typedef struct _PyInterpreterFrame frame_struct;

static frame_struct *as_struct(hg_frame *frame) {
  return (frame_struct *)frame;
}

static PyObject *code_of(frame_struct *self) {
#if PY_VERSION_HEX >= 0x030d0000
  return hg_object_in(self->f_executable);
#else
  return (PyObject *)self->f_code;
#endif
}

static PyObject *function_of(frame_struct *self) {
#if PY_VERSION_HEX >= 0x030c0000
  return hg_object_in(self->f_funcobj);
#else
  return (PyObject *)self->f_func;
#endif
}

/* The end of the evaluation stack, an index of localsplus.  Up to 3.13 it is
   not known while the frame runs, 0 or -1 then, unless it has called another
   Python function with no C code between.  From 3.14 on the interpreter
   notes it before it calls anything that could give up the GIL. */
static ptrdiff_t stack_end(frame_struct *self) {
#if PY_VERSION_HEX >= 0x030e0000
  return self->stackpointer == NULL ? 0 : self->stackpointer - self->localsplus;
#else
  return self->stacktop;
#endif
}

/* From 3.12 on a specialised call of a class puts a frame below that of its
   `__init__`, whose fields but for the code are not set.  The code is
   _Py_InitCleanup in Python/specialize.c, which no header names: its file is
   the very string that is its name, and it has no variables. */
static int is_cleanup(frame_struct *self) {
  PyCodeObject *code = (PyCodeObject *)code_of(self);
  return code->co_filename == code->co_name && code->co_nlocalsplus == 0;
}

/* The first frame at or above `self` that runs Python code.  From 3.12 on a
   call from C into Python leaves a frame that has no code. */
static hg_frame *first_python_frame(frame_struct *self) {
  while (self != NULL) {
#if PY_VERSION_HEX >= 0x030e0000
    const int is_python = self->owner < FRAME_OWNED_BY_INTERPRETER;
#elif PY_VERSION_HEX >= 0x030c0000
    const int is_python = self->owner != FRAME_OWNED_BY_CSTACK;
#else
    const int is_python = 1;
#endif
    if (is_python && code_of(self) != NULL && PyCode_Check(code_of(self)) &&
        !is_cleanup(self)) {
      break;
    }
    self = self->previous;
  }
  return (hg_frame *)self;
}

hg_frame *hg_thread_frame(PyThreadState *thread) {
#if PY_VERSION_HEX >= 0x030d0000
  return first_python_frame(thread->current_frame);
#else
  return thread->cframe == NULL
             ? NULL
             : first_python_frame(thread->cframe->current_frame);
#endif
}

hg_frame *hg_frame_caller(hg_frame *frame) {
  return first_python_frame(as_struct(frame)->previous);
}

PyCodeObject *hg_frame_code(hg_frame *frame) {
  return (PyCodeObject *)code_of(as_struct(frame));
}

PyObject *hg_frame_globals(hg_frame *frame) {
  return as_struct(frame)->f_globals;
}

int hg_frame_line(hg_frame *frame) {
  const int index = _PyInterpreterFrame_LASTI(as_struct(frame));
  if (index < 0) return hg_code_line(hg_frame_code(frame));
  const int line =
      PyCode_Addr2Line(hg_frame_code(frame), index * (int)sizeof(_Py_CODEUNIT));
  return line < 0 ? 0 : line;
}

int hg_frame_is_object(hg_frame *frame) {
  (void)frame;
  return 0;
}

size_t hg_frame_stack_bytes(hg_frame *frame) {
  if (as_struct(frame)->owner != FRAME_OWNED_BY_THREAD) return 0;
  PyCodeObject *code = hg_frame_code(frame);
  return ((size_t)code->co_nlocalsplus + (size_t)code->co_stacksize +
          FRAME_SPECIALS_SIZE) *
         sizeof(PyObject *);
}

/* Where on the stack is what `await` and `yield from` wait for: SEND in
   Python/bytecodes.c.  From 3.15 on an index, or nothing, is above it. */
#if PY_VERSION_HEX >= 0x030f0000
#define AWAITED_FROM_TOP 2
#else
#define AWAITED_FROM_TOP 1
#endif

/* Locals, cells and free variables by name; then, where it is known how many
   there are, the temporaries of the evaluation stack.  `awaited` is what
   the one that is waited for is called, or NULL. */
static void visit_variables(frame_struct *self, const char *awaited,
                            hg_reference_function visit, void *context) {
  PyCodeObject *code = (PyCodeObject *)code_of(self);
  PyObject *names = code->co_localsplusnames;
  for (int i = 0; i < code->co_nlocalsplus; ++i) {
    PyObject *value = hg_object_in(self->localsplus[i]);
    if (value == NULL) continue;
    visit(context, value, NULL, PyTuple_GET_ITEM(names, i));
  }
  const ptrdiff_t end = stack_end(self);
  for (ptrdiff_t i = code->co_nlocalsplus; i < end; ++i) {
    const int is_awaited = i == end - AWAITED_FROM_TOP;
    hg_visit_field(hg_object_in(self->localsplus[i]),
                   is_awaited && awaited != NULL ? awaited : HG_TEMPORARY,
                   visit, context);
  }
}

static void visit_frame(frame_struct *self, const char *awaited,
                        hg_reference_function visit, void *context) {
  hg_visit_field(code_of(self), "f_code", visit, context);
  hg_visit_field(function_of(self), "f_func", visit, context);
  hg_visit_field(self->f_globals, "f_globals", visit, context);
  hg_visit_field(self->f_builtins, "f_builtins", visit, context);
  hg_visit_field(self->f_locals, "f_locals", visit, context);
  hg_visit_field((PyObject *)self->frame_obj, "f_object", visit, context);
  visit_variables(self, awaited, visit, context);
}

void hg_visit_frame(hg_frame *frame, hg_reference_function visit,
                    void *context) {
  visit_frame(as_struct(frame), NULL, visit, context);
}

hg_frame *hg_frame_of_object(PyObject *frame_object) {
  frame_struct *frame = ((PyFrameObject *)frame_object)->f_frame;
  if (frame == NULL || code_of(frame) == NULL) return NULL;
  return PyCode_Check(code_of(frame)) ? (hg_frame *)frame : NULL;
}

static int owns_frame(PyObject *frame_object) {
  hg_frame *frame = hg_frame_of_object(frame_object);
  return frame != NULL &&
         as_struct(frame)->owner == FRAME_OWNED_BY_FRAME_OBJECT;
}

PyObject *hg_frame_object_caller(PyObject *frame_object) {
  return (PyObject *)((PyFrameObject *)frame_object)->f_back;
}

/* What a frame object holds beside a frame that runs elsewhere. */
void hg_visit_frame_object(PyObject *frame_object, hg_reference_function visit,
                           void *context) {
  PyFrameObject *self = (PyFrameObject *)frame_object;
  hg_visit_field(self->f_trace, "f_trace", visit, context);
#if PY_VERSION_HEX >= 0x030d0000
  hg_visit_field(self->f_extra_locals, "f_extra_locals", visit, context);
  hg_visit_field(self->f_locals_cache, "f_locals_cache", visit, context);
#endif
#if PY_VERSION_HEX >= 0x030e0000
  hg_visit_field(self->f_overwritten_fast_locals, "f_overwritten_fast_locals",
                 visit, context);
#endif
  if (!owns_frame(frame_object)) return;
  frame_struct *frame = self->f_frame;
  hg_visit_field(code_of(frame), "f_code", visit, context);
  hg_visit_field(frame->f_locals, "f_locals", visit, context);
  hg_visit_field(function_of(frame), "f_func", visit, context);
  visit_variables(frame, NULL, visit, context);
}

/* _PyFrame_New_NoTrack makes room for the locals and stack of its code. */
size_t hg_frame_object_bytes(PyObject *frame_object) {
  PyTypeObject *type = Py_TYPE(frame_object);
  hg_frame *frame = hg_frame_of_object(frame_object);
  size_t slots = 0;
  if (frame != NULL) {
    PyCodeObject *code = hg_frame_code(frame);
    slots = (size_t)code->co_nlocalsplus + (size_t)code->co_stacksize;
  }
  return (size_t)type->tp_basicsize + slots * (size_t)type->tp_itemsize;
}

int hg_is_generator(PyObject *object) {
  return PyGen_CheckExact(object) || PyCoro_CheckExact(object) ||
         PyAsyncGen_CheckExact(object);
}

/* The frame is the end of the object; there is no ob_size. */
size_t hg_generator_bytes(PyObject *generator) {
  PyCodeObject *code = hg_generator_code(generator);
  const size_t slots =
      code == NULL ? 0
                   : (size_t)code->co_nlocalsplus + (size_t)code->co_stacksize;
  return offsetof(PyGenObject, gi_iframe) + offsetof(frame_struct, localsplus) +
         slots * sizeof(PyObject *);
}

hg_frame *hg_generator_frame(PyObject *generator) {
  PyGenObject *self = (PyGenObject *)generator;
  return self->gi_frame_state <= FRAME_EXECUTING ? (hg_frame *)&self->gi_iframe
                                                 : NULL;
}

PyCodeObject *hg_generator_code(PyObject *generator) {
  frame_struct *frame = (frame_struct *)&((PyGenObject *)generator)->gi_iframe;
  PyObject *code = code_of(frame);
  return code != NULL && PyCode_Check(code) ? (PyCodeObject *)code : NULL;
}

PyObject *hg_generator_name(PyObject *generator) {
  return ((PyGenObject *)generator)->gi_name;
}

PyObject *hg_generator_qualname(PyObject *generator) {
  return ((PyGenObject *)generator)->gi_qualname;
}

hg_frame *hg_running_generator_frame(PyObject *generator) {
  PyGenObject *self = (PyGenObject *)generator;
  return self->gi_frame_state == FRAME_EXECUTING ? (hg_frame *)&self->gi_iframe
                                                 : NULL;
}

/* True if it is suspended in `await` or `yield from`; _PyGen_yf in
   Objects/genobject.c. */
static int is_awaiting(PyGenObject *self) {
#if PY_VERSION_HEX >= 0x030d0000
  return self->gi_frame_state == FRAME_SUSPENDED_YIELD_FROM;
#else
  if (self->gi_frame_state != FRAME_SUSPENDED) return 0;
  const _Py_CODEUNIT next = ((frame_struct *)&self->gi_iframe)->prev_instr[1];
#if PY_VERSION_HEX >= 0x030c0000
  return (next.op.code == RESUME || next.op.code == INSTRUMENTED_RESUME) &&
         next.op.arg >= 2;
#else
  return (_Py_OPCODE(next) == RESUME || _Py_OPCODE(next) == RESUME_QUICK) &&
         _Py_OPARG(next) >= 2;
#endif
#endif
}

void hg_visit_generator(PyObject *generator, hg_reference_function visit,
                        void *context) {
  PyGenObject *self = (PyGenObject *)generator;
#if PY_VERSION_HEX < 0x030c0000
  hg_visit_field((PyObject *)self->gi_code, "gi_code", visit, context);
#endif
  hg_visit_field(self->gi_name, "__name__", visit, context);
  hg_visit_field(self->gi_qualname, "__qualname__", visit, context);
  if (self->gi_frame_state >= FRAME_EXECUTING) return;
  visit_frame((frame_struct *)&self->gi_iframe,
              is_awaiting(self) ? hg_awaited_name(generator) : NULL, visit,
              context);
}

#endif
