/* Types whose tables say what is not so, as compilers and old libraries make
   them.  All instances have the same words, of which one alone is an object:

       words[0]  a table of C functions
       words[1]  0x10
       words[2]  a dictionary
       words[3]  an odd address */

#define PY_SSIZE_T_CLEAN
// clang-format off: Python.h comes first.
#include <Python.h>
#include <structmember.h>
// clang-format on
#include <stddef.h>

typedef struct {
  PyObject head;
  void *words[4];
} foreign_object;

#define PLACE(index) ((Py_ssize_t)offsetof(foreign_object, words[index]))

static void nothing(void) {}
static void (*const functions[])(void) = {nothing, nothing, nothing, nothing};

static PyObject *foreign_new(PyTypeObject *type, PyObject *arguments,
                             PyObject *keywords) {
  foreign_object *self = (foreign_object *)type->tp_alloc(type, 0);
  (void)arguments;
  (void)keywords;
  if (self == NULL) return NULL;
  self->words[0] = (void *)functions;
  self->words[1] = (void *)0x10;
  self->words[2] = PyDict_New();
  self->words[3] = (char *)functions + 1;
  return (PyObject *)self;
}

static void foreign_dealloc(PyObject *self) {
  if (PyObject_IS_GC(self)) PyObject_GC_UnTrack(self);
  Py_XDECREF((PyObject *)((foreign_object *)self)->words[2]);
  Py_TYPE(self)->tp_free(self);
}

static int show_dictionary(PyObject *self, visitproc visit, void *arg) {
  Py_VISIT((PyObject *)((foreign_object *)self)->words[2]);
  return 0;
}

static int show_nothing(PyObject *self, visitproc visit, void *arg) {
  (void)self;
  (void)visit;
  (void)arg;
  return 0;
}

#define REFERENCE(name, index) \
  { name, T_OBJECT, PLACE(index), READONLY, NULL }

static PyMemberDef first_two[] = {
    REFERENCE("table", 0), REFERENCE("number", 1), {NULL, 0, 0, 0, NULL}};
static PyMemberDef third[] = {REFERENCE("held", 2), {NULL, 0, 0, 0, NULL}};
static PyMemberDef beyond[] = {{"beyond", T_OBJECT_EX, 1 << 20, 0, NULL},
                               {NULL, 0, 0, 0, NULL}};
static PyMemberDef all[] = {REFERENCE("table", 0),
                            REFERENCE("number", 1),
                            REFERENCE("held", 2),
                            REFERENCE("odd", 3),
                            {NULL, 0, 0, 0, NULL}};

typedef struct {
  const char *attribute;
  const char *name;
  const char *base; /* An attribute of before, or NULL. */
  traverseproc traverse;
  PyMemberDef *members;
  Py_ssize_t dict_place;
  Py_ssize_t item_bytes;
} description;

static const description kTypes[] = {
    {"Trait", "foreign.Trait", NULL, show_dictionary, first_two, PLACE(1), 0},
    {"Heir", "foreign.Heir", "Trait", show_dictionary, third, 0, 0},
    {"OwnDict", "foreign.OwnDict", "Trait", show_dictionary, NULL, PLACE(2), 0},
    {"Hidden", "foreign.Hidden", NULL, show_nothing, all, PLACE(0), 0},
    {"Beyond", "foreign.Beyond", NULL, show_dictionary, beyond, 1 << 20, 0},
    {"Plain", "foreign.Plain", NULL, NULL, all, PLACE(0), 0},
    {"Negative", "foreign.Negative", NULL, show_dictionary, NULL,
     -2 * (Py_ssize_t)sizeof(void *), 0},
    {"Sized", "foreign.Sized", NULL, show_dictionary, NULL,
     -(Py_ssize_t)sizeof(void *), 8},
    {"Unnamed", "foreign.Unnamed", NULL, show_dictionary, all, 0, 0},
    {"array", "array.array", NULL, show_dictionary, NULL, 0, 0},
    {"struct", "Struct", NULL, NULL, NULL, 0, 0},
    {"struct_module", "_struct.Struct", NULL, NULL, NULL, 0, 0},
    {"bytesio", "_io.BytesIO", NULL, show_dictionary, NULL, 0, 0},
    {"timezone", "datetime.timezone", NULL, NULL, NULL, 0, 0},
    {"datetime", "datetime.datetime", NULL, NULL, NULL, 0, 0},
    {"pattern", "re.Pattern", NULL, NULL, NULL, 0, 0},
    {"old_pattern", "_sre.SRE_Pattern", NULL, NULL, NULL, 0, 0},
    {"abc", "_abc_data", NULL, NULL, NULL, 0, 0},
    {"decimal", "decimal.Context", NULL, NULL, NULL, 0, 0},
    {"ndarray", "numpy.ndarray", NULL, NULL, NULL, 0, 0},
    {"task", "_asyncio.Task", NULL, show_dictionary, NULL, 0, 0},
    {"cell", "cell", NULL, show_dictionary, NULL, 0, 0},
    {"module", "module", NULL, show_dictionary, NULL, 0, 0},
    {"function", "builtin_function_or_method", NULL, NULL, NULL, 0, 0},
};

enum { kNumTypes = sizeof kTypes / sizeof kTypes[0] };

static PyTypeObject types[kNumTypes];

static PyTypeObject *find_type(const char *attribute) {
  for (int i = 0; i < kNumTypes; ++i) {
    if (strcmp(kTypes[i].attribute, attribute) == 0) return &types[i];
  }
  return NULL;
}

static int make_type(const description *row, PyTypeObject *type) {
#ifdef Py_GIL_DISABLED
  Py_SET_REFCNT((PyObject *)type, 1);
#else
  ((PyObject *)type)->ob_refcnt = 1;
#endif
  type->tp_name = row->name;
  type->tp_basicsize = sizeof(foreign_object);
  type->tp_itemsize = row->item_bytes;
  type->tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE |
                   (row->traverse == NULL ? 0 : Py_TPFLAGS_HAVE_GC);
  type->tp_base = row->base == NULL ? NULL : find_type(row->base);
  type->tp_traverse = row->traverse;
  type->tp_members = row->members;
  type->tp_dictoffset = row->dict_place;
  type->tp_new = foreign_new;
  type->tp_dealloc = foreign_dealloc;
  if (PyType_Ready(type) != 0) return -1;
  if (strcmp(row->attribute, "Unnamed") == 0) type->tp_name = NULL;
  return 0;
}

static PyObject *fill(PyObject *module) {
  if (module == NULL) return NULL;
#ifdef Py_GIL_DISABLED
  PyUnstable_Module_SetGIL(module, Py_MOD_GIL_NOT_USED);
#endif
  for (int i = 0; i < kNumTypes; ++i) {
    if (make_type(&kTypes[i], &types[i]) != 0) return NULL;
    Py_INCREF(&types[i]);
    PyModule_AddObject(module, kTypes[i].attribute, (PyObject *)&types[i]);
  }
  return module;
}

#if PY_MAJOR_VERSION < 3
PyMODINIT_FUNC initforeign(void) {
  static PyMethodDef none[] = {{NULL, NULL, 0, NULL}};
  fill(Py_InitModule("foreign", none));
}
#else
PyMODINIT_FUNC PyInit_foreign(void) {
  static PyModuleDef definition = {
      PyModuleDef_HEAD_INIT, "foreign", NULL, -1, NULL, NULL, NULL, NULL, NULL};
  return fill(PyModule_Create(&definition));
}
#endif
