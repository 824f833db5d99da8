/* Finds the interpreter's singletons by reading where they are: in the state of
   the runtime (3.11 on) or of the interpreter (3.10), or in tables without a
   name. */

#include "cpython/internal.h"

#include "blob/private_tables.h"

#if PY_VERSION_HEX >= 0x030b0000
#include <internal/pycore_global_objects.h>
#include <internal/pycore_runtime.h>
#endif

static void keep(void *object, const char *name) {
  if (object != NULL) hg_keep_singleton((PyObject *)object, name);
}

/* The extension module keeps a reference to each, too. */
static void learn_own_references(void) {
  PyObject *extension = hg_dict_value(hg_modules(), "heapgrind._scanner");
  hg_set_own_references(extension == NULL || extension == Py_None ? 1 : 2);
}

#if PY_VERSION_HEX >= 0x030b0000

static void keep_all(void) {
  const size_t count = _PY_NSMALLNEGINTS + _PY_NSMALLPOSINTS;
  for (size_t i = 0; i < count; ++i) {
    keep(&_Py_SINGLETON(small_ints)[i], "small_ints");
  }
  for (int i = 0; i < HG_CHARACTERS; ++i) {
    if (i < 128) {
      keep(&_Py_SINGLETON(strings).ascii[i], "characters");
    } else {
      keep(&_Py_SINGLETON(strings).latin1[i - 128], "characters");
    }
    keep(&_Py_SINGLETON(bytes_characters)[i], "characters");
  }
  keep(&_Py_STR(empty), "empty");
  keep(&_Py_SINGLETON(bytes_empty), "empty");
  keep(&_Py_SINGLETON(tuple_empty), "empty");
}

#else

static void keep_small_ints(void) {
#if PY_VERSION_HEX >= 0x03090000
  PyInterpreterState *self = hg_current_interpreter();
  const size_t count = _PY_NSMALLNEGINTS + _PY_NSMALLPOSINTS;
  for (size_t i = 0; i < count; ++i) keep(self->small_ints[i], "small_ints");
#else
  /* For these the functions read a table, and nothing else. */
  for (long i = -5; i <= 256; ++i) {
#if PY_VERSION_HEX < 0x03000000
    PyObject *number = PyInt_FromLong(i);
#else
    PyObject *number = PyLong_FromLong(i);
#endif
    --number->ob_refcnt;
    keep(number, "small_ints");
  }
#endif
}

static void keep_all(void) {
  keep_small_ints();
#if PY_VERSION_HEX >= 0x030a0000
  PyInterpreterState *self = hg_current_interpreter();
  PyObject **texts = self->unicode.latin1;
  PyObject **bytes = (PyObject **)self->bytes.characters;
#else
  PyObject **texts = hg_character_table(&PyUnicode_Type);
  PyObject **bytes = hg_character_table(&PyBytes_Type);
#endif
  for (int i = 0; i < HG_CHARACTERS; ++i) {
    if (texts != NULL) keep(texts[i], "characters");
    if (bytes != NULL) keep(bytes[i], "characters");
  }
#if PY_VERSION_HEX >= 0x030a0000
  keep(self->unicode.empty_string, "empty");
  keep(self->bytes.empty_string, "empty");
  keep(self->tuple.free_list[0], "empty");
#else
  keep(hg_empty_object(&PyUnicode_Type), "empty");
  keep(hg_empty_object(&PyBytes_Type), "empty");
  keep(hg_empty_object(&PyTuple_Type), "empty");
#endif
}

#endif

void hg_learn_singletons(void) {
  if (hg_knows_singletons()) return;
  learn_own_references();
  keep_all();
}
