/* Frames up to 3.10, where each is a Python object.  frame_stack.c has those
   of later versions.

   Layout: Include/frameobject.h, Include/cpython/frameobject.h. */

#include "internal.h"

#if PY_VERSION_HEX < 0x030b0000

#include <opcode.h>

static PyFrameObject *as_object(hg_frame *frame) {
  return (PyFrameObject *)frame;
}

hg_frame *hg_thread_frame(PyThreadState *thread) {
  return (hg_frame *)thread->frame;
}

hg_frame *hg_frame_caller(hg_frame *frame) {
  return (hg_frame *)as_object(frame)->f_back;
}

PyCodeObject *hg_frame_code(hg_frame *frame) {
  return as_object(frame)->f_code;
}

PyObject *hg_frame_globals(hg_frame *frame) {
  return as_object(frame)->f_globals;
}

int hg_frame_line(hg_frame *frame) {
  return PyFrame_GetLineNumber(as_object(frame));
}

int hg_frame_is_object(hg_frame *frame) {
  (void)frame;
  return 1;
}

size_t hg_frame_stack_bytes(hg_frame *frame) {
  (void)frame;
  return 0;
}

static Py_ssize_t visit_names(PyFrameObject *self, Py_ssize_t index,
                              PyObject *names, hg_reference_function visit,
                              void *context) {
  for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(names); ++i, ++index) {
    PyObject *value = self->f_localsplus[index];
    if (value == NULL) continue;
    visit(context, value, NULL, PyTuple_GET_ITEM(names, i));
  }
  return index;
}

/* The temporaries of the evaluation stack; none while the frame runs, when
   ceval.c keeps their number in a variable, also if it has called another. */
static Py_ssize_t num_temporaries(PyFrameObject *self) {
#if PY_VERSION_HEX >= 0x030a0000
  return self->f_stackdepth > 0 ? self->f_stackdepth : 0;
#else
  return self->f_stacktop == NULL ? 0 : self->f_stacktop - self->f_valuestack;
#endif
}

/* What the last temporary is called if the frame is that of a generator which
   is suspended in `await` or `yield from`, else NULL; _PyGen_yf in
   Objects/genobject.c. */
static const char *awaited_name(PyFrameObject *self) {
#if PY_VERSION_HEX >= 0x03060000
  if (self->f_gen == NULL || self->f_lasti < 0) return NULL;
#if PY_VERSION_HEX >= 0x030a0000
  const Py_ssize_t next =
      ((Py_ssize_t)self->f_lasti + 1) * (Py_ssize_t)sizeof(_Py_CODEUNIT);
#else
  const Py_ssize_t next = self->f_lasti + (Py_ssize_t)sizeof(_Py_CODEUNIT);
#endif
  PyObject *code = self->f_code->co_code;
  if (next >= PyBytes_GET_SIZE(code)) return NULL;
  if ((unsigned char)PyBytes_AS_STRING(code)[next] == YIELD_FROM) {
    return hg_awaited_name(self->f_gen);
  }
#endif
  (void)self;
  return NULL;
}

static void visit_temporaries(PyFrameObject *self, hg_reference_function visit,
                              void *context) {
  const Py_ssize_t count = num_temporaries(self);
  const char *awaited = count > 0 ? awaited_name(self) : NULL;
  for (Py_ssize_t i = 0; i < count; ++i) {
    const int is_last = i == count - 1;
    hg_visit_field(self->f_valuestack[i],
                   is_last && awaited != NULL ? awaited : HG_TEMPORARY, visit,
                   context);
  }
}

void hg_visit_frame(hg_frame *frame, hg_reference_function visit,
                    void *context) {
  PyFrameObject *self = as_object(frame);
  PyCodeObject *code = self->f_code;
  hg_visit_field((PyObject *)code, "f_code", visit, context);
  hg_visit_field(self->f_globals, "f_globals", visit, context);
  hg_visit_field(self->f_builtins, "f_builtins", visit, context);
  hg_visit_field(self->f_locals, "f_locals", visit, context);
  hg_visit_field(self->f_trace, "f_trace", visit, context);
  Py_ssize_t index = visit_names(self, 0, code->co_varnames, visit, context);
  index = visit_names(self, index, code->co_cellvars, visit, context);
  visit_names(self, index, code->co_freevars, visit, context);
  visit_temporaries(self, visit, context);
}

hg_frame *hg_frame_of_object(PyObject *frame_object) {
  return ((PyFrameObject *)frame_object)->f_code == NULL
             ? NULL
             : (hg_frame *)frame_object;
}

PyObject *hg_frame_object_caller(PyObject *frame_object) {
  return (PyObject *)((PyFrameObject *)frame_object)->f_back;
}

void hg_visit_frame_object(PyObject *frame_object, hg_reference_function visit,
                           void *context) {
  hg_frame *frame = hg_frame_of_object(frame_object);
  if (frame == NULL) return;
  hg_visit_frame(frame, visit, context);
}

size_t hg_frame_object_bytes(PyObject *frame_object) {
  return (size_t)Py_TYPE(frame_object)->tp_basicsize +
         (size_t)Py_SIZE(frame_object) * sizeof(PyObject *);
}

int hg_is_generator(PyObject *object) {
#if PY_VERSION_HEX >= 0x03060000
  if (PyCoro_CheckExact(object) || PyAsyncGen_CheckExact(object)) return 1;
#endif
  return PyGen_CheckExact(object);
}

size_t hg_generator_bytes(PyObject *generator) {
  return (size_t)Py_TYPE(generator)->tp_basicsize;
}

/* tp_traverse shows the frame, whose record has the locals. */
void hg_visit_generator(PyObject *generator, hg_reference_function visit,
                        void *context) {
  PyGenObject *self = (PyGenObject *)generator;
  hg_visit_field((PyObject *)self->gi_frame, "gi_frame", visit, context);
  hg_visit_field(self->gi_code, "gi_code", visit, context);
#if PY_VERSION_HEX >= 0x03000000
  hg_visit_field(self->gi_name, "__name__", visit, context);
  hg_visit_field(self->gi_qualname, "__qualname__", visit, context);
#endif
}

hg_frame *hg_generator_frame(PyObject *generator) {
  return (hg_frame *)((PyGenObject *)generator)->gi_frame;
}

PyCodeObject *hg_generator_code(PyObject *generator) {
  return (PyCodeObject *)((PyGenObject *)generator)->gi_code;
}

PyObject *hg_generator_name(PyObject *generator) {
#if PY_VERSION_HEX >= 0x03000000
  return ((PyGenObject *)generator)->gi_name;
#else
  PyCodeObject *code = hg_generator_code(generator);
  return code == NULL ? NULL : code->co_name;
#endif
}

PyObject *hg_generator_qualname(PyObject *generator) {
#if PY_VERSION_HEX >= 0x03000000
  return ((PyGenObject *)generator)->gi_qualname;
#else
  (void)generator;
  return NULL;
#endif
}

hg_frame *hg_running_generator_frame(PyObject *generator) {
  (void)generator;
  return NULL;
}

#endif
