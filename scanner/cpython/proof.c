// clang-format off: the internal headers come first.
#include "internal.h"
#include "proof.h"
#include "soundness.h"
// clang-format on

/* sentences */

static char message[256];
static size_t length;

static void append(const char *text) {
  while (*text != '\0' && length < sizeof message - 1) {
    message[length++] = *text++;
  }
  message[length] = '\0';
}

static void append_number(uint64_t number) {
  char digits[21];
  size_t first = sizeof digits - 1;
  digits[first] = '\0';
  do {
    digits[--first] = (char)('0' + number % 10);
    number /= 10;
  } while (number != 0);
  append(&digits[first]);
}

const char *hg_expected(const char *what, const char *of, const char *got) {
  length = 0;
  append("expected ");
  append(what);
  append(of);
  append(", got ");
  append(got);
  return message;
}

const char *hg_expected_number(uint64_t number, const char *what,
                               const char *of, uint64_t got) {
  length = 0;
  append("expected ");
  append_number(number);
  append(what);
  append(of);
  append(", got ");
  append_number(got);
  return message;
}

/* sizes that types tell */

typedef struct {
  PyTypeObject *type;
  const char *name;
  size_t bytes;
} known_size;

#if PY_VERSION_HEX >= 0x030b0000
#define GENERATOR_BYTES               \
  (offsetof(PyGenObject, gi_iframe) + \
   offsetof(struct _PyInterpreterFrame, localsplus))
#define FRAME_BYTES                         \
  (offsetof(PyFrameObject, _f_frame_data) + \
   offsetof(struct _PyInterpreterFrame, localsplus))
#define CODE_BYTES offsetof(PyCodeObject, co_code_adaptive)
#else
#define GENERATOR_BYTES sizeof(PyGenObject)
#define FRAME_BYTES sizeof(PyFrameObject)
#define CODE_BYTES sizeof(PyCodeObject)
#endif

static const char *find_wrong_size(void) {
  const known_size sizes[] = {
      {&PyType_Type, "type", sizeof(PyHeapTypeObject)},
      {&PyDict_Type, "dict", sizeof(PyDictObject)},
      {&PyUnicode_Type, "a string", sizeof(PyUnicodeObject)},
      {&PyFunction_Type, "function", sizeof(PyFunctionObject)},
      {&PySet_Type, "set", sizeof(PySetObject)},
      {&PyList_Type, "list", sizeof(PyListObject)},
      {&PyGen_Type, "generator", GENERATOR_BYTES},
      {&PyFrame_Type, "frame", FRAME_BYTES},
      {&PyCode_Type, "code", CODE_BYTES},
  };
  for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; ++i) {
    PyTypeObject *type = sizes[i].type;
    if (!hg_is_sound_type(type)) {
      return hg_expected("a type where that of objects is", "",
                         "something else");
    }
    if ((size_t)type->tp_basicsize != sizes[i].bytes) {
      return hg_expected_number(sizes[i].bytes, " bytes in objects of ",
                                sizes[i].name, (uint64_t)type->tp_basicsize);
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
    return hg_expected("an interpreter that runs", "", "none");
  }
  if (!is_dict(hg_sys_dict()) || !is_dict(hg_modules()) ||
      hg_dict_value(hg_modules(), "sys") == NULL ||
      hg_dict_value(hg_sys_dict(), "modules") == NULL) {
    return hg_expected("a dictionary where sys.modules is", "",
                       "something else");
  }
  if (!is_dict(hg_type_dict(&PyType_Type))) {
    return hg_expected("a dictionary where that of type is", "",
                       "something else");
  }
  PyThreadState *thread = PyInterpreterState_ThreadHead(self);
  if (!hg_is_readable((uintptr_t)thread, sizeof *thread) ||
      thread->interp != self) {
    return hg_expected("a thread of the interpreter", "",
                       "one of no interpreter");
  }
  return NULL;
}

/* The length of the number of this version up to the second dot. */
static size_t minor_length(const char *version) {
  const char *dot = strchr(version, '.');
  const char *end = dot == NULL ? NULL : strchr(dot + 1, '.');
  return end == NULL ? 0 : (size_t)(end + 1 - version);
}

const char *hg_find_wrong_number(void) {
  const char *version = hg_python_version();
  if (strncmp(version, PY_VERSION, minor_length(PY_VERSION)) == 0) return NULL;
  char number[32];
  size_t end = 0;
  while (end < sizeof number - 1 && version[end] > ' ') {
    number[end] = version[end];
    ++end;
  }
  number[end] = '\0';
  return hg_expected("Python " PY_VERSION, "", number);
}

static const char *find_wrong_build(void) {
  const int is_debug = hg_dict_value(hg_sys_dict(), "gettotalrefcount") != NULL;
#ifdef Py_REF_DEBUG
  return is_debug ? NULL
                  : hg_expected("a debug build of Python", "", "a release");
#else
  return is_debug ? hg_expected("a release of Python", "", "a debug build")
                  : NULL;
#endif
}

/* the collector's lists */

static const char *find_wrong_list(void) {
  if (hg_gc_lists_agree()) return NULL;
#ifdef Py_GIL_DISABLED
  return hg_expected("dictionaries in the pages of mimalloc", "",
                     "some elsewhere");
#else
  return hg_expected("the garbage collector's lists", "",
                     "some that do not close");
#endif
}

const char *hg_find_mismatch(void) {
  const char *(*const checks[])(void) = {
      hg_find_wrong_offset, find_wrong_size,  find_wrong_state,
      hg_find_wrong_number, find_wrong_build, find_wrong_list};
  const char *found = NULL;
  for (size_t i = 0; found == NULL && i < sizeof checks / sizeof checks[0];
       ++i) {
    found = checks[i]();
  }
  return found;
}
