/* Proves that the interpreter is laid out as this blob knows it, before a word
   of it goes into a dump: a blob is not trusted by its name.

   All that is compared was made by the interpreter at another place than where
   it is read: sizes that its types tell, lists that must close, the version that
   stands in a string. */

// clang-format off: the internal headers come first.
#include "cpython/internal.h"
#include "cpython/soundness.h"
// clang-format on

#include "blob/input.h"

static char message[256];

static const char *expected(const char *what, const char *got) {
  message[0] = '\0';
  const char *const pieces[] = {"expected ", what, ", got ", got};
  size_t length = 0;
  for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; ++i) {
    for (const char *at = pieces[i]; *at != '\0' && length < sizeof message - 1;
         ++at) {
      message[length++] = *at;
    }
  }
  message[length] = '\0';
  return message;
}

/* sizes that types tell */

typedef struct {
  PyTypeObject *type;
  size_t bytes;
} known_size;

#if PY_VERSION_HEX >= 0x030b0000
#define GENERATOR_BYTES               \
  (offsetof(PyGenObject, gi_iframe) + \
   offsetof(struct _PyInterpreterFrame, localsplus))
#else
#define GENERATOR_BYTES sizeof(PyGenObject)
#endif

static const char *find_wrong_size(void) {
  const known_size sizes[] = {
      {&PyType_Type, sizeof(PyHeapTypeObject)},
      {&PyDict_Type, sizeof(PyDictObject)},
      {&PyUnicode_Type, sizeof(PyUnicodeObject)},
      {&PyFunction_Type, sizeof(PyFunctionObject)},
      {&PySet_Type, sizeof(PySetObject)},
      {&PyList_Type, sizeof(PyListObject)},
      {&PyGen_Type, GENERATOR_BYTES},
  };
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; ++i) {
    PyTypeObject *type = sizes[i].type;
    if (!hg_is_sound_type(type) || (size_t)type->tp_basicsize != sizes[i].bytes) {
      return expected("the sizes of objects of Python " PY_VERSION,
                      "others in this process");
    }
  }
  return NULL;
}

/* the interpreter's state */

static int is_dict(PyObject *object) {
  return object != NULL && hg_is_sound(object) && PyDict_Check(object);
}

static const char *find_wrong_state(void) {
  PyInterpreterState *self = hg_current_interpreter();
  if (!hg_is_readable((uintptr_t)self, sizeof *self)) {
    return "expected an interpreter that runs, got none";
  }
  if (!is_dict(hg_sys_dict()) || !is_dict(hg_modules()) ||
      hg_dict_value(hg_modules(), "sys") == NULL ||
      hg_dict_value(hg_sys_dict(), "modules") == NULL) {
    return expected("the interpreter's state of Python " PY_VERSION,
                    "no dictionary where sys.modules is");
  }
  PyThreadState *thread = PyInterpreterState_ThreadHead(self);
  if (!hg_is_readable((uintptr_t)thread, sizeof *thread) ||
      thread->interp != self) {
    return expected("the interpreter's threads of Python " PY_VERSION,
                    "one of no interpreter");
  }
  return NULL;
}

/* The number of this version, without what follows the second dot. */
static size_t minor_length(const char *version) {
  const char *dot = strchr(version, '.');
  return dot == NULL || strchr(dot + 1, '.') == NULL
             ? 0
             : (size_t)(strchr(dot + 1, '.') + 1 - version);
}

static const char *find_wrong_version(void) {
  const char *version = hg_python_version();
  const size_t length = minor_length(PY_VERSION);
  if (strncmp(version, PY_VERSION, length) != 0) {
    return expected("Python " PY_VERSION, version);
  }
  const int is_debug =
      hg_dict_value(hg_sys_dict(), "gettotalrefcount") != NULL;
#ifdef Py_REF_DEBUG
  if (!is_debug) return expected("a debug build of Python", "a release");
#else
  if (is_debug) return expected("a release of Python", "a debug build");
#endif
  return NULL;
}

/* the collector's lists */

static const char *find_wrong_list(void) {
  if (hg_gc_lists_agree()) return NULL;
  return expected("the lists of the garbage collector of Python " PY_VERSION,
                  "some that do not close");
}

const char *hg_find_mismatch(void) {
  const char *(*const checks[])(void) = {find_wrong_size, find_wrong_state,
                                         find_wrong_version, find_wrong_list};
  const char *found = NULL;
  for (size_t i = 0; found == NULL && i < sizeof checks / sizeof checks[0];
       ++i) {
    found = checks[i]();
  }
  return found;
}
