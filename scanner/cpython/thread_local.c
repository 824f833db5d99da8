/* Thread-local data: the dictionaries that objects of threading.local keep for
   one thread.

   Nothing leads from a thread straight to them.  Up to 3.12 its dictionary has
   an entry for each local object, whose key spells the address of that:

       "thread.local.0x7f..." -> dummy     local -> dummies {weakref(dummy):
   dict}

   From 3.13 on each local object has a weak reference to a sentinel of the
   thread, with a callback that knows both:

       sentinel <- weakref -> callback -> (weakref(local), key)
       local -> localdicts {key: dict}

   An entry or weak reference goes before its local object does, so that what is
   found is alive.  Layout: Modules/_threadmodule.c; 2.7: threadmodule.c. */

#include "internal.h"

#if PY_VERSION_HEX >= 0x030d0000

typedef struct {
  PyObject head;
  PyObject *args;
  PyObject *kwargs;
  PyObject *weak_references;
  PyObject *dicts;
} local_object; /* Its beginning. */

typedef struct {
  PyObject head;
  PyWeakReference *weak_references;
} dummy_object;

/* Anybody may have weak references with callbacks. */
static int is_local(PyObject *object) {
  PyTypeObject *type = hg_solid_base(Py_TYPE(object));
  return hg_is_interpreters_type(type) &&
         strcmp(type->tp_name, "_thread._local") == 0;
}

/* The dictionary that the local object of a callback has for its thread. */
static PyObject *dict_of_callback(PyObject *callback) {
  if (callback == NULL || !PyCFunction_Check(callback)) return NULL;
  PyObject *pair = ((PyCFunctionObject *)callback)->m_self;
  if (pair == NULL || !PyTuple_CheckExact(pair)) return NULL;
  if (PyTuple_GET_SIZE(pair) != 2) return NULL;
  PyObject *reference = PyTuple_GET_ITEM(pair, 0);
  if (!PyWeakref_CheckRef(reference)) return NULL;
  PyObject *local = ((PyWeakReference *)reference)->wr_object;
  if (local == Py_None || !is_local(local)) return NULL;
  PyObject *dicts = ((local_object *)local)->dicts;
  if (dicts == NULL || !PyDict_Check(dicts)) return NULL;
  Py_ssize_t position = 0;
  PyObject *key, *dict;
  while (PyDict_Next(dicts, &position, &key, &dict)) {
    if (key == PyTuple_GET_ITEM(pair, 1)) return dict;
  }
  return NULL;
}

void hg_visit_thread_locals(PyThreadState *thread, hg_reference_function visit,
                            void *context) {
  dummy_object *sentinel = (dummy_object *)thread->threading_local_sentinel;
  if (sentinel == NULL) return;
  for (PyWeakReference *each = sentinel->weak_references; each != NULL;
       each = each->wr_next) {
    hg_visit_field(dict_of_callback(each->wr_callback), "local", visit,
                   context);
  }
}

#else

typedef struct {
  PyObject head;
  PyObject *key;
  PyObject *args;
  PyObject *kwargs;
  PyObject *weak_references;
  PyObject *dummies;
} local_object; /* Its beginning. */

static int is_dummy(PyObject *object) {
  if (!hg_is_interpreters_type(Py_TYPE(object))) return 0;
  const char *name = Py_TYPE(object)->tp_name;
  return strcmp(name, "_thread._localdummy") == 0 ||
         strcmp(name, "thread._localdummy") == 0;
}

/* The characters of an entry's key: a str, on Python 2 of bytes. */
static hg_characters key_characters(PyObject *key) {
  hg_characters characters = {"", 0, 1};
#if PY_VERSION_HEX < 0x03000000
  if (PyBytes_Check(key)) {
    characters.start = PyBytes_AS_STRING(key);
    characters.length = (size_t)PyBytes_GET_SIZE(key);
  }
#else
  if (hg_is_text_type(Py_TYPE(key))) characters = hg_text_characters(key);
#endif
  return characters;
}

/* The local object whose address an entry's key spells; NULL for other keys. */
static local_object *local_of_key(PyObject *key) {
  static const char kPrefix[] = "thread.local.0x";
  const size_t prefix = sizeof kPrefix - 1;
  const hg_characters characters = key_characters(key);
  const char *text = (const char *)characters.start;
  if (characters.width != 1 || characters.length <= prefix) return NULL;
  if (memcmp(text, kPrefix, prefix) != 0) return NULL;
  uintptr_t address = 0;
  for (size_t i = prefix; i < characters.length; ++i) {
    const char digit = text[i];
    if (digit >= '0' && digit <= '9') {
      address = address << 4 | (uintptr_t)(digit - '0');
    } else if (digit >= 'a' && digit <= 'f') {
      address = address << 4 | (uintptr_t)(digit - 'a' + 10);
    } else {
      return NULL;
    }
  }
  return (local_object *)address;
}

static PyObject *dict_of_dummy(local_object *local, PyObject *dummy) {
  if (local->dummies == NULL || !PyDict_Check(local->dummies)) return NULL;
  Py_ssize_t position = 0;
  PyObject *reference, *dict;
  while (PyDict_Next(local->dummies, &position, &reference, &dict)) {
    if (!PyWeakref_CheckRef(reference)) continue;
    if (((PyWeakReference *)reference)->wr_object == dummy) return dict;
  }
  return NULL;
}

void hg_visit_thread_locals(PyThreadState *thread, hg_reference_function visit,
                            void *context) {
  if (thread->dict == NULL || !PyDict_Check(thread->dict)) return;
  Py_ssize_t position = 0;
  PyObject *key, *dummy;
  while (PyDict_Next(thread->dict, &position, &key, &dummy)) {
    if (!is_dummy(dummy)) continue;
    local_object *local = local_of_key(key);
    if (local == NULL || local->key != key) continue;
    hg_visit_field(dict_of_dummy(local, dummy), "local", visit, context);
  }
}

#endif
