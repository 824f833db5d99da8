/* Blocks of malloc that lead to each other, held by an object. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdlib.h>

enum { kWords = 6 };

typedef struct {
  PyObject head;
  void *block;
} holder_object;

static PyTypeObject holder_type = {
    PyVarObject_HEAD_INIT(NULL, 0) "blocks_in_c.Holder", sizeof(holder_object)};

static size_t next_number(size_t *state) {
  *state = *state * 6364136223846793005u + 1442695040888963407u;
  return *state >> 33;
}

/* chain(blocks, references): the first of so many blocks of six words, each of
 * which leads to the next, and to others that are told by chance. */
static PyObject *chain(PyObject *module, PyObject *arguments) {
  Py_ssize_t num_blocks, num_references;
  size_t state = 1;
  void ***blocks;
  void **first;
  (void)module;
  if (!PyArg_ParseTuple(arguments, "nn", &num_blocks, &num_references)) {
    return NULL;
  }
  blocks = calloc(num_blocks, sizeof *blocks);
  for (Py_ssize_t i = 0; i < num_blocks; ++i) {
    blocks[i] = calloc(kWords, sizeof(void *));
  }
  for (Py_ssize_t i = 0; i < num_blocks; ++i) {
    blocks[i][0] = i + 1 < num_blocks ? blocks[i + 1] : NULL;
    for (Py_ssize_t word = 1; word < num_references; ++word) {
      blocks[i][word] = blocks[next_number(&state) % num_blocks];
    }
  }
  first = blocks[0];
  free(blocks);
  return PyLong_FromVoidPtr(first);
}

/* hold(block): an object that holds it. */
static PyObject *hold(PyObject *module, PyObject *block) {
  holder_object *made = PyObject_New(holder_object, &holder_type);
  (void)module;
  if (made != NULL) made->block = PyLong_AsVoidPtr(block);
  return (PyObject *)made;
}

static PyMethodDef methods[] = {{"chain", chain, METH_VARARGS, NULL},
                                {"hold", hold, METH_O, NULL},
                                {NULL, NULL, 0, NULL}};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "blocks_in_c",
                                        NULL, -1, methods};

PyMODINIT_FUNC PyInit_blocks_in_c(void) {
  if (PyType_Ready(&holder_type) < 0) return NULL;
  return PyModule_Create(&definition);
}
