/* What the extension module can prove besides: it may call the interpreter, the
   GIL keeps all that it reads as it is, and whatever is not there would end the
   program.

   What functions of the interpreter answer is compared with what the scanner
   reads; then each place that is read for an object must hold one. */

// clang-format off: the internal headers come first.
#include "internal.h"
#include "proof.h"
#include "soundness.h"
#include "surroundings.h"
// clang-format on

#if PY_VERSION_HEX >= 0x030c0000
#include <internal/pycore_runtime.h>
#include <internal/pycore_tracemalloc.h>
#endif

static const char *expected_called(const char *what) {
  return hg_expected(what, "", "another than the interpreter says");
}

/* what functions answer */

static int is_interpreter(PyInterpreterState *self) {
#if PY_VERSION_HEX >= 0x03090000
  return self == PyInterpreterState_Get();
#else
  PyInterpreterState *each = PyInterpreterState_Head();
  while (each != NULL && each != self) each = PyInterpreterState_Next(each);
  return each != NULL;
#endif
}

static const char *find_wrong_interpreter(void) {
  PyThreadState *thread = PyThreadState_Get();
  if (!hg_is_readable((uintptr_t)thread, sizeof *thread) ||
      !is_interpreter(thread->interp)) {
    return expected_called("the interpreter of this thread");
  }
#if PY_VERSION_HEX >= 0x03070000
  if (_PyRuntime.interpreters.main != PyInterpreterState_Main()) {
    return expected_called("the main interpreter");
  }
#endif
  return NULL;
}

static const char *find_wrong_modules(void) {
  return hg_modules() == PyImport_GetModuleDict()
             ? NULL
             : expected_called("sys.modules");
}

/* A C program that imports has no frame. */
static const void *innermost_frame(PyThreadState *thread) {
#if PY_VERSION_HEX >= 0x030d0000
  return thread->current_frame;
#elif PY_VERSION_HEX >= 0x030b0000
  return hg_is_readable((uintptr_t)thread->cframe, sizeof *thread->cframe)
             ? thread->cframe->current_frame
             : NULL;
#else
  return thread->frame;
#endif
}

static const char *find_wrong_frame(void) {
  PyThreadState *thread = PyThreadState_Get();
  PyObject *globals = PyEval_GetGlobals();
  const uintptr_t place = (uintptr_t)innermost_frame(thread);
  if (globals == NULL && place == 0) return NULL;
#if PY_VERSION_HEX >= 0x030b0000
  const size_t bytes = sizeof(struct _PyInterpreterFrame);
#else
  const size_t bytes = sizeof(PyFrameObject);
#endif
  if (!hg_is_readable(place, bytes)) return expected_called("a frame");
  hg_frame *frame = hg_thread_frame(thread);
  PyObject *found = frame == NULL ? NULL : hg_frame_globals(frame);
  return found == globals ? NULL : expected_called("the globals of a frame");
}

#if PY_VERSION_HEX >= 0x030c0000

static int is_allocator(PyMemAllocatorDomain domain,
                        const PyMemAllocatorEx *found) {
  PyMemAllocatorEx told;
  PyMem_GetAllocator(domain, &told);
  return told.malloc == found->malloc && told.ctx == found->ctx;
}

static const char *find_wrong_runtime(void) {
  const struct _PyTraceMalloc_Config *config = &_PyRuntime.tracemalloc.config;
  if (!is_allocator(PYMEM_DOMAIN_RAW, &_PyRuntime.allocators.standard.raw) ||
      !is_allocator(PYMEM_DOMAIN_OBJ, &_PyRuntime.allocators.standard.obj)) {
    return expected_called("the allocators");
  }
  if ((config->tracing & ~1) != 0 || config->max_nframe < 1 ||
      config->max_nframe > UINT16_MAX) {
    return hg_expected("the settings of tracemalloc", "", "something else");
  }
  return NULL;
}

#else

static const char *find_wrong_runtime(void) { return NULL; }

#endif

/* what is read for objects */

/* What the interpreter makes itself, as interpreter.c and thread.c call it. */
static const char *const kDicts[] = {
    "builtins", "builtins_copy",      "sysdict_copy",
    "dict",     "codec_search_cache", "codec_error_registry",
    "interned", "sys.__dict__",       "warnings.onceregistry"};
static const char *const kLists[] = {
    "modules_by_index",     "codec_search_path",
    "before_forkers",       "after_forkers_child",
    "after_forkers_parent", "audit_hooks",
    "gc.callbacks",         "gc.garbage"};

static int is_among(const char *name, const char *const *names, size_t count) {
  for (size_t i = 0; i < count; ++i) {
    if (strcmp(name, names[i]) == 0) return 1;
  }
  return 0;
}

static int is_as_named(PyObject *object, const char *name) {
  if (is_among(name, kDicts, sizeof kDicts / sizeof *kDicts)) {
    return PyDict_Check(object);
  }
  if (is_among(name, kLists, sizeof kLists / sizeof *kLists)) {
    return PyList_Check(object);
  }
  return 1;
}

static void check_reference(void *context, PyObject *target, const char *name,
                            PyObject *name_text) {
  (void)name_text;
  const char **wrong = (const char **)context;
  if (name == NULL) name = "state"; /* Thread-local data have names in text. */
  if (*wrong != NULL) return;
  if (!hg_is_sound(target) || !is_as_named(target, name)) *wrong = name;
}

static const char *find_wrong_reference(void) {
  const char *wrong = NULL;
  hg_visit_interpreter(check_reference, &wrong);
  hg_visit_thread(PyThreadState_Get(), check_reference, &wrong);
#if PY_VERSION_HEX >= 0x030c0000
  hg_visit_signals(check_reference, &wrong);
#endif
  if (wrong == NULL) return NULL;
  return hg_expected("an object as the interpreter's ", wrong,
                     "something else");
}

const char *hg_find_mismatch_by_calls(void) {
  const char *(*const checks[])(void) = {
      hg_find_wrong_number, find_wrong_interpreter, hg_find_mismatch,
      find_wrong_modules,   find_wrong_frame,       find_wrong_runtime,
      find_wrong_reference};
  const char *found = NULL;
  for (size_t i = 0; found == NULL && i < sizeof checks / sizeof checks[0];
       ++i) {
    found = checks[i]();
  }
  hg_forget_types();
  return found;
}
