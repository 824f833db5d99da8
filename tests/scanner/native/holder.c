/* An object, a static variable and blocks of malloc whose words a test sets. */

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <structmember.h>

enum { kWords = 4 };

typedef struct {
  PyObject head;
  size_t words[kWords];
} holder_object;

static size_t variables[kWords];

/* The second word has a name; what has another size, or an object, gives it
 * none. */
static PyMemberDef holder_members[] = {
    {"half", T_INT, offsetof(holder_object, words[0]), READONLY, NULL},
    {"pixels", sizeof(long) == sizeof(void *) ? T_ULONG : T_ULONGLONG,
     offsetof(holder_object, words[1]), READONLY, NULL},
    {NULL, 0, 0, 0, NULL}};

static PyTypeObject holder_type = {
    PyVarObject_HEAD_INIT(NULL, 0) "holder.Holder", sizeof(holder_object)};

/* A chain follows its first word from holder to holder. */
static int traverse_chain(PyObject *self, visitproc visit, void *context) {
  const holder_object *link = (const holder_object *)self;
  for (; link != NULL; link = (const holder_object *)link->words[0]) {
    if (link->words[1] != 0) {
      const int result = visit((PyObject *)link->words[1], context);
      if (result != 0) return result;
    }
  }
  return 0;
}

static PyTypeObject chain_type = {PyVarObject_HEAD_INIT(NULL, 0) "holder.Chain",
                                  sizeof(holder_object)};

/* allocate(bytes): the address of a block full of zeros. */
static PyObject *allocate(PyObject *module, PyObject *bytes) {
  (void)module;
  return PyLong_FromVoidPtr(calloc(1, (size_t)PyNumber_AsSsize_t(bytes, NULL)));
}

/* allocate_small(bytes): the same of Python's own allocator. */
static PyObject *allocate_small(PyObject *module, PyObject *bytes) {
  size_t size = (size_t)PyNumber_AsSsize_t(bytes, NULL);
  void *block = PyObject_Malloc(size);
  (void)module;
  memset(block, 0, size);
  return PyLong_FromVoidPtr(block);
}

static PyObject *release_small(PyObject *module, PyObject *address) {
  (void)module;
  PyObject_Free(PyLong_AsVoidPtr(address));
  Py_RETURN_NONE;
}

static PyObject *release(PyObject *module, PyObject *address) {
  (void)module;
  free(PyLong_AsVoidPtr(address));
  Py_RETURN_NONE;
}

/* write(address, word) */
static PyObject *write_word(PyObject *module, PyObject *arguments) {
  PyObject *address;
  PyObject *word;
  (void)module;
  if (!PyArg_ParseTuple(arguments, "OO", &address, &word)) return NULL;
  *(void **)PyLong_AsVoidPtr(address) = PyLong_AsVoidPtr(word);
  Py_RETURN_NONE;
}

/* read(address): the word there. */
static PyObject *read_word(PyObject *module, PyObject *address) {
  (void)module;
  return PyLong_FromVoidPtr(*(void **)PyLong_AsVoidPtr(address));
}

/* keep(object): the address of an object that nothing but C code holds. */
static PyObject *keep(PyObject *module, PyObject *object) {
  (void)module;
  Py_INCREF(object);
  return PyLong_FromVoidPtr(object);
}

/* hide(object): the address of an object that not even the collector knows. */
static PyObject *hide(PyObject *module, PyObject *object) {
  PyObject_GC_UnTrack(object);
  return keep(module, object);
}

static PyMethodDef methods[] = {
    {"allocate", allocate, METH_O, NULL},
    {"release", release, METH_O, NULL},
    {"allocate_small", allocate_small, METH_O, NULL},
    {"release_small", release_small, METH_O, NULL},
    {"write", write_word, METH_VARARGS, NULL},
    {"read", read_word, METH_O, NULL},
    {"keep", keep, METH_O, NULL},
    {"hide", hide, METH_O, NULL},
    {NULL, NULL, 0, NULL}};

static int fill(PyObject *module) {
  if (module == NULL) return -1;
  holder_type.tp_new = PyType_GenericNew;
  holder_type.tp_members = holder_members;
  holder_type.tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE;
  if (PyType_Ready(&holder_type) < 0) return -1;
  Py_INCREF(&holder_type);
  PyModule_AddObject(module, "Holder", (PyObject *)&holder_type);
  chain_type.tp_new = PyType_GenericNew;
  chain_type.tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC;
  chain_type.tp_traverse = traverse_chain;
  if (PyType_Ready(&chain_type) < 0) return -1;
  Py_INCREF(&chain_type);
  PyModule_AddObject(module, "Chain", (PyObject *)&chain_type);
  PyModule_AddIntConstant(module, "FIRST_WORD", offsetof(holder_object, words));
  PyModule_AddObject(module, "VARIABLES", PyLong_FromVoidPtr(variables));
  return 0;
}

#if PY_MAJOR_VERSION >= 3
static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "holder", NULL,
                                        -1, methods};

PyMODINIT_FUNC PyInit_holder(void) {
  PyObject *module = PyModule_Create(&definition);
  return fill(module) < 0 ? NULL : module;
}
#else
PyMODINIT_FUNC initholder(void) { fill(Py_InitModule("holder", methods)); }
#endif
