// An extension as Cython, pybind11 and people write them: objects that hold C
// structs and C++ containers, variables that hold what no object does, and
// words that look like pointers.

#define PY_SSIZE_T_CLEAN
#include <Python.h>

#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace {

// What Cython makes of a cdef class: a table of functions, then the fields.

struct Node {
  Node* next;
  long number;
  char text[40];
};

struct ListObject {
  PyObject_HEAD const void* functions;
  Node* first;
  long count;
};

const void* const kFunctions[] = {nullptr};

PyObject* NewList(PyTypeObject* type, PyObject* arguments, PyObject*) {
  long count;
  if (!PyArg_ParseTuple(arguments, "l", &count)) return nullptr;
  auto* self = reinterpret_cast<ListObject*>(type->tp_alloc(type, 0));
  if (self == nullptr) return nullptr;
  self->functions = kFunctions;
  self->count = count;
  for (long i = 0; i < count; ++i) {
    auto* node = static_cast<Node*>(calloc(1, sizeof(Node)));
    node->next = self->first;
    node->number = i;
    self->first = node;
  }
  return reinterpret_cast<PyObject*>(self);
}

void DeleteList(PyObject* object) {
  auto* self = reinterpret_cast<ListObject*>(object);
  while (self->first != nullptr) {
    Node* next = self->first->next;
    free(self->first);
    self->first = next;
  }
  Py_TYPE(object)->tp_free(object);
}

// What pybind11 makes of a class: the value and what holds it, then weak
// references and flags.

struct Model {
  std::vector<double> weights;
  std::map<long, std::string> names;
  std::unique_ptr<std::vector<float>> bias;
};

struct ModelObject {
  PyObject_HEAD Model* value;
  std::unique_ptr<Model>* holder;
  PyObject* weak_references;
  unsigned char flags;
};

PyObject* NewModel(PyTypeObject* type, PyObject* arguments, PyObject*) {
  long count;
  if (!PyArg_ParseTuple(arguments, "l", &count)) return nullptr;
  auto* self = reinterpret_cast<ModelObject*>(type->tp_alloc(type, 0));
  if (self == nullptr) return nullptr;
  self->value = new Model;
  self->holder = new std::unique_ptr<Model>(self->value);
  self->value->weights.resize(count);
  for (long i = 0; i < count / 10; ++i) {
    self->value->names[i] = "the name of a weight: " + std::to_string(i);
  }
  self->value->bias = std::make_unique<std::vector<float>>(count);
  return reinterpret_cast<PyObject*>(self);
}

void DeleteModel(PyObject* object) {
  delete reinterpret_cast<ModelObject*>(object)->holder;
  Py_TYPE(object)->tp_free(object);
}

// Words of any kind.

struct WordsObject {
  PyObject_HEAD uintptr_t words[2];
};

PyObject* NewWords(PyTypeObject* type, PyObject* arguments, PyObject*) {
  unsigned long long first, second = 0;
  if (!PyArg_ParseTuple(arguments, "K|K", &first, &second)) return nullptr;
  auto* self = reinterpret_cast<WordsObject*>(type->tp_alloc(type, 0));
  if (self == nullptr) return nullptr;
  self->words[0] = first;
  self->words[1] = second;
  return reinterpret_cast<PyObject*>(self);
}

void DeleteWords(PyObject* object) { Py_TYPE(object)->tp_free(object); }

// What only variables hold.

std::vector<std::string*> cache;
PyObject* last_object;
void* global_block;

PyObject* Remember(PyObject*, PyObject* arguments) {
  long count, bytes;
  if (!PyArg_ParseTuple(arguments, "ll", &count, &bytes)) return nullptr;
  for (long i = 0; i < count; ++i) cache.push_back(new std::string(bytes, 'x'));
  Py_RETURN_NONE;
}

PyObject* RememberObject(PyObject*, PyObject* object) {
  Py_INCREF(object);
  Py_XDECREF(last_object);
  last_object = object;
  Py_RETURN_NONE;
}

PyObject* RememberBlock(PyObject*, PyObject* address) {
  global_block = PyLong_AsVoidPtr(address);
  Py_RETURN_NONE;
}

// Blocks by their addresses.

PyObject* Allocate(PyObject*, PyObject* bytes) {
  return PyLong_FromVoidPtr(calloc(1, PyLong_AsSize_t(bytes)));
}

PyObject* Free(PyObject*, PyObject* address) {
  free(PyLong_AsVoidPtr(address));
  Py_RETURN_NONE;
}

PyObject* Write(PyObject*, PyObject* arguments) {
  unsigned long long address, word;
  Py_ssize_t index;
  if (!PyArg_ParseTuple(arguments, "KnK", &address, &index, &word))
    return nullptr;
  reinterpret_cast<uintptr_t*>(address)[index] = word;
  Py_RETURN_NONE;
}

PyObject* FirstNode(PyObject*, PyObject* list) {
  return PyLong_FromVoidPtr(reinterpret_cast<ListObject*>(list)->first);
}

PyMethodDef functions[] = {
    {"remember", Remember, METH_VARARGS, nullptr},
    {"remember_object", RememberObject, METH_O, nullptr},
    {"remember_block", RememberBlock, METH_O, nullptr},
    {"allocate", Allocate, METH_O, nullptr},
    {"free", Free, METH_O, nullptr},
    {"write", Write, METH_VARARGS, nullptr},
    {"first_node", FirstNode, METH_O, nullptr},
    {nullptr, nullptr, 0, nullptr},
};

PyModuleDef definition = {PyModuleDef_HEAD_INIT,
                          "holders",
                          nullptr,
                          -1,
                          functions,
                          nullptr,
                          nullptr,
                          nullptr,
                          nullptr};

PyTypeObject list_type = {PyVarObject_HEAD_INIT(nullptr, 0)};
PyTypeObject model_type = {PyVarObject_HEAD_INIT(nullptr, 0)};
PyTypeObject words_type = {PyVarObject_HEAD_INIT(nullptr, 0)};

bool AddType(PyObject* module, PyTypeObject* type, const char* name,
             Py_ssize_t bytes, newfunc make, destructor destroy) {
  type->tp_name = name;
  type->tp_basicsize = bytes;
  type->tp_flags = Py_TPFLAGS_DEFAULT;
  type->tp_new = make;
  type->tp_dealloc = destroy;
  return PyType_Ready(type) == 0 &&
         PyModule_AddObject(module, strrchr(name, '.') + 1,
                            reinterpret_cast<PyObject*>(type)) == 0;
}

}  // namespace

PyMODINIT_FUNC PyInit_holders() {
  PyObject* module = PyModule_Create(&definition);
  if (module == nullptr) return nullptr;
  if (!AddType(module, &list_type, "holders.List", sizeof(ListObject), NewList,
               DeleteList) ||
      !AddType(module, &model_type, "holders.Model", sizeof(ModelObject),
               NewModel, DeleteModel) ||
      !AddType(module, &words_type, "holders.Words", sizeof(WordsObject),
               NewWords, DeleteWords)) {
    return nullptr;
  }
  return module;
}
