/* Finds the interpreter's singletons by having them made.

   The tables are private up to 3.10, but the functions that make such objects
   take them from there.  What they return twice is from a table.  A few more
   stand in the code of 3.11 and 3.12 and cost nothing but themselves. */

#include "internal.h"

/* Keeps what both calls have returned, if that is one object. */
static void learn(PyObject *first, PyObject *second, const char *name) {
  if (first != NULL && first == second) {
    hg_keep_singleton(first, name);
    Py_DECREF(second);
    return;
  }
  Py_XDECREF(first);
  Py_XDECREF(second);
  PyErr_Clear();
}

static PyObject *small_int(long value) {
#if PY_VERSION_HEX < 0x03000000
  return PyInt_FromLong(value);
#else
  return PyLong_FromLong(value);
#endif
}

static PyObject *byte(int character) {
  const char unit = (char)character;
  return PyBytes_FromStringAndSize(&unit, 1);
}

void hg_learn_singletons(void) {
  if (hg_knows_singletons()) return;
  hg_set_own_references(2); /* The table's, and the one that is kept here. */
  for (long i = HG_LEAST_SMALL_INT; i <= HG_MOST_SMALL_INT; ++i) {
    learn(small_int(i), small_int(i), "small_ints");
  }
  for (int i = 0; i < HG_CHARACTERS; ++i) {
    learn(PyUnicode_FromOrdinal(i), PyUnicode_FromOrdinal(i), "characters");
    learn(byte(i), byte(i), "characters");
  }
  learn(PyUnicode_FromString(""), PyUnicode_FromString(""), "empty");
  learn(PyBytes_FromString(""), PyBytes_FromString(""), "empty");
  learn(PyTuple_New(0), PyTuple_New(0), "empty");
}
