/* numpy's functions: what they keep and tp_traverse does not show.

   Layouts: numpy/core/include/numpy/ufuncobject.h of numpy 1.21 to 2.x, and
   numpy/core/src/multiarray/arrayfunction_override.c of numpy 1.25 to 2.x. */

#include "special_types.h"

/* numpy.ufunc, as far as its loops. */
typedef struct {
  PyObject head;
  int counts[4]; /* nin, nout, nargs, identity */
  void *functions;
  void *data;
  int types_counts[2];
  void *name;
  void *types;
  void *doc;
  void *ptr;
  PyObject *object;
  PyObject *user_loops;
  int core_counts[2];
  void *core[4];
  void *type_resolver;
  void *selectors[2];
  void *vectorcall;
  void *op_flags;
  unsigned iter_flags;
  void *core_sizes;
  void *core_flags;
  PyObject *identity_value;
  void *dispatch_cache;
  PyObject *loops; /* Of (dtypes, method), or NULL. */
} ufunc;

static void ufunc_visit(PyObject *object, hg_reference_function visit,
                        void *context) {
  const ufunc *self = (const ufunc *)object;
  hg_visit_field(self->user_loops, "userloops", visit, context);
  hg_visit_field(self->loops, "_loops", visit, context);
}

/* What stands for a function that others may override.  No garbage collector
   knows it. */
typedef struct {
  PyObject head;
  void *vectorcall;
  PyObject *dict;
  PyObject *relevant_arguments;
  PyObject *implementation;
  PyObject *dispatcher_name;
  PyObject *public_name;
} dispatcher;

static void dispatcher_visit(PyObject *object, hg_reference_function visit,
                             void *context) {
  const dispatcher *self = (const dispatcher *)object;
  hg_visit_field(self->dict, "__dict__", visit, context);
  hg_visit_field(self->relevant_arguments, "relevant_arg_func", visit, context);
  hg_visit_field(self->implementation, "_implementation", visit, context);
  hg_visit_field(self->dispatcher_name, "dispatcher_name", visit, context);
  hg_visit_field(self->public_name, "__name__", visit, context);
}

const hg_special_row hg_ufunc_rows[] = {
    {"numpy.ufunc", sizeof(ufunc), {ufunc_visit, NULL, NULL, NULL}, NULL},
    /* From numpy 2.1 on with one more field. */
    {"numpy.ufunc",
     sizeof(ufunc) + sizeof(void *),
     {ufunc_visit, NULL, NULL, NULL},
     NULL},
    {"numpy._ArrayFunctionDispatcher",
     sizeof(dispatcher),
     {dispatcher_visit, NULL, NULL, NULL},
     NULL},
    {NULL, 0, {NULL, NULL, NULL, NULL}, NULL},
};
