/* What holds objects without being one: the interpreters' state.

   Layout: Include/internal/pycore_interp.h. */

#include "internal.h"
#include "surroundings.h"

#if PY_VERSION_HEX >= 0x030f0000
/* What decides, from 3.15 on, which modules are loaded when they are used. */
static void visit_lazy_imports(PyInterpreterState *self,
                               hg_reference_function visit, void *context) {
  hg_visit_field(self->imports.lazy_import_func, "lazy_import_func", visit,
                 context);
  hg_visit_field(self->imports.lazy_imports_filter, "lazy_imports_filter",
                 visit, context);
  hg_visit_field(self->imports.lazy_modules, "lazy_modules", visit, context);
  hg_visit_field(self->imports.lazy_pending_submodules,
                 "lazy_pending_submodules", visit, context);
}
#endif

static void visit_state(PyInterpreterState *self, hg_reference_function visit,
                        void *context) {
  hg_visit_field(self->builtins, "builtins", visit, context);
  hg_visit_field(self->sysdict, "sys.__dict__", visit, context);
#if PY_VERSION_HEX >= 0x030d0000
  hg_visit_field(self->codecs.search_path, "codec_search_path", visit, context);
  hg_visit_field(self->codecs.search_cache, "codec_search_cache", visit,
                 context);
  hg_visit_field(self->codecs.error_registry, "codec_error_registry", visit,
                 context);
#else
  hg_visit_field(self->codec_search_path, "codec_search_path", visit, context);
  hg_visit_field(self->codec_search_cache, "codec_search_cache", visit,
                 context);
  hg_visit_field(self->codec_error_registry, "codec_error_registry", visit,
                 context);
#endif
#if PY_VERSION_HEX >= 0x030c0000
  hg_visit_field(self->imports.modules_by_index, "modules_by_index", visit,
                 context);
  hg_visit_field(self->imports.importlib, "importlib", visit, context);
  hg_visit_field(self->imports.import_func, "import_func", visit, context);
  hg_visit_field(self->sysdict_copy, "sysdict_copy", visit, context);
  hg_visit_field(self->cached_objects.interned_strings, "interned", visit,
                 context);
#if PY_VERSION_HEX >= 0x030f0000
  visit_lazy_imports(self, visit, context);
#endif
#elif PY_VERSION_HEX >= 0x03000000
  hg_visit_field(self->modules_by_index, "modules_by_index", visit, context);
  hg_visit_field(self->importlib, "importlib", visit, context);
  hg_visit_field(self->import_func, "import_func", visit, context);
#endif
#if PY_VERSION_HEX >= 0x03000000
  hg_visit_field(self->builtins_copy, "builtins_copy", visit, context);
#endif
#if PY_VERSION_HEX >= 0x03080000
  hg_visit_field(self->dict, "dict", visit, context);
#endif
#if PY_VERSION_HEX >= 0x03070000
#ifdef HAVE_FORK
  hg_visit_field(self->before_forkers, "before_forkers", visit, context);
  hg_visit_field(self->after_forkers_parent, "after_forkers_parent", visit,
                 context);
  hg_visit_field(self->after_forkers_child, "after_forkers_child", visit,
                 context);
#endif
#endif
#if PY_VERSION_HEX >= 0x03080000
  hg_visit_field(self->audit_hooks, "audit_hooks", visit, context);
#endif
}

#if PY_VERSION_HEX >= 0x030a0000
static void visit_atexit(PyInterpreterState *self, hg_reference_function visit,
                         void *context) {
#if PY_VERSION_HEX >= 0x030e0000
  hg_visit_field(self->atexit.callbacks, "atexit", visit, context);
#else
  for (int i = 0; i < self->atexit.ncallbacks; ++i) {
    if (self->atexit.callbacks[i] == NULL) continue;
    hg_visit_field(self->atexit.callbacks[i]->func, "atexit", visit, context);
    hg_visit_field(self->atexit.callbacks[i]->args, "atexit", visit, context);
    hg_visit_field(self->atexit.callbacks[i]->kwargs, "atexit", visit, context);
  }
#endif
}

static void visit_warnings(PyInterpreterState *self,
                           hg_reference_function visit, void *context) {
  hg_visit_field(self->warnings.filters, "warnings.filters", visit, context);
  hg_visit_field(self->warnings.once_registry, "warnings.onceregistry", visit,
                 context);
  hg_visit_field(self->warnings.default_action, "warnings.defaultaction", visit,
                 context);
}
#endif

#if PY_VERSION_HEX >= 0x030b0000
/* The classes of syntax trees and their field names: from AST_type on the
   state is an array of references. */
static void visit_ast(PyInterpreterState *self, hg_reference_function visit,
                      void *context) {
  PyObject **end = (PyObject **)(&self->ast + 1);
  for (PyObject **field = &self->ast.AST_type; field < end; ++field) {
    hg_visit_field(*field, "ast", visit, context);
  }
}
#endif

#if PY_VERSION_HEX >= 0x030c0000
/* Of sys.monitoring, by tool and event. */
static void visit_monitoring(PyInterpreterState *self,
                             hg_reference_function visit, void *context) {
  PyObject **callable = &self->monitoring_callables[0][0];
  PyObject **end =
      callable + sizeof self->monitoring_callables / sizeof *callable;
  for (; callable < end; ++callable) {
    hg_visit_field(*callable, "monitoring callback", visit, context);
  }
}
#endif

static void visit_gc(PyInterpreterState *self, hg_reference_function visit,
                     void *context) {
#if PY_VERSION_HEX >= 0x03090000
  hg_visit_field(self->gc.garbage, "gc.garbage", visit, context);
  hg_visit_field(self->gc.callbacks, "gc.callbacks", visit, context);
#elif PY_VERSION_HEX >= 0x03070000
  hg_visit_field(_PyRuntime.gc.garbage, "gc.garbage", visit, context);
  hg_visit_field(_PyRuntime.gc.callbacks, "gc.callbacks", visit, context);
#endif
  (void)self;
  (void)visit;
  (void)context;
}

static void visit_one(PyInterpreterState *self, hg_reference_function visit,
                      void *context) {
  visit_state(self, visit, context);
#if PY_VERSION_HEX >= 0x030b0000
  visit_ast(self, visit, context);
#endif
#if PY_VERSION_HEX >= 0x030a0000
  visit_atexit(self, visit, context);
  visit_warnings(self, visit, context);
#endif
#if PY_VERSION_HEX >= 0x030c0000
  visit_monitoring(self, visit, context);
#endif
  visit_gc(self, visit, context);
}

static PyObject *modules_of(PyInterpreterState *self) {
#if PY_VERSION_HEX >= 0x030c0000
  return self->imports.modules;
#else
  return self->modules;
#endif
}

/* The modules of this interpreter are a root of their own. */
void hg_visit_interpreter(hg_reference_function visit, void *context) {
  visit_one(hg_current_interpreter(), visit, context);
  for (PyInterpreterState *other =
           hg_next_interpreter(hg_current_interpreter());
       other != NULL; other = hg_next_interpreter(other)) {
    hg_visit_field(modules_of(other), "modules", visit, context);
    visit_one(other, visit, context);
  }
  visit(context, Py_None, "None", NULL);
  visit(context, Py_True, "True", NULL);
  visit(context, Py_False, "False", NULL);
  visit(context, Py_Ellipsis, "Ellipsis", NULL);
  visit(context, Py_NotImplemented, "NotImplemented", NULL);
}

PyObject *hg_interned_strings(void) {
#if PY_VERSION_HEX >= 0x030c0000
  return hg_current_interpreter()->cached_objects.interned_strings;
#else
  return NULL;
#endif
}

PyObject *hg_sys_dict(void) { return hg_current_interpreter()->sysdict; }

PyObject *hg_modules(void) { return modules_of(hg_current_interpreter()); }

/* An interpreter with a lock of its own runs while this one is scanned; so do
   all others where there is no lock. */
static int shares_lock(PyInterpreterState *self) {
#ifdef Py_GIL_DISABLED
  return self == hg_current_interpreter();
#elif PY_VERSION_HEX >= 0x030c0000
  return self->ceval.gil == hg_current_interpreter()->ceval.gil;
#else
  (void)self;
  return 1;
#endif
}

PyInterpreterState *hg_next_interpreter(PyInterpreterState *self) {
  PyInterpreterState *own = hg_current_interpreter();
  if (self == NULL) return own;
  hg_lock_interpreters();
  self =
      self == own ? PyInterpreterState_Head() : PyInterpreterState_Next(self);
  while (self != NULL && (self == own || !shares_lock(self))) {
    self = PyInterpreterState_Next(self);
  }
  hg_unlock_interpreters();
  return self;
}
