#include "attach/attached_interpreter.h"

#include <cstdio>
#include <cstring>

#include "cpython/compat.h"

namespace heapgrind {

#if PY_VERSION_HEX < 0x03070000

static int InitThreads(void*) {
  PyEval_InitThreads();
  return 0;
}

void MakeGil() {
#if PY_MAJOR_VERSION < 3
  const bool is_released = _PyThreadState_Current == nullptr;
#else
  const bool is_released = _PyThreadState_UncheckedGet() == nullptr;
#endif
  if (PyEval_ThreadsInitialized() || !Py_IsInitialized()) return;
  PyThreadState* own = PyGILState_GetThisThreadState();
  if (own == nullptr || !is_released) return;
  PyEval_RestoreThread(own);
  PyEval_InitThreads();
  PyEval_SaveThread();
}

bool HasGil(bool* is_asked) {
  if (PyEval_ThreadsInitialized()) return true;
  if (!*is_asked) *is_asked = Py_AddPendingCall(InitThreads, nullptr) == 0;
  return false;
}

#else

void MakeGil() {}
bool HasGil(bool*) { return true; }

#endif

void LearnClass() {
  const struct {
    const char* module;
    const char* name;
  } classes[] = {{"_frozen_importlib", "ModuleSpec"}, {"codecs", "CodecInfo"}};
  for (const auto& known : classes) {
    PyObject* module = hg_dict_value(hg_modules(), known.module);
    if (module == nullptr || !PyModule_Check(module)) continue;
    PyObject* cls = hg_dict_value(hg_module_dict(module), known.name);
    if (cls == nullptr || !PyType_Check(cls)) continue;
    auto* type = reinterpret_cast<PyTypeObject*>(cls);
    if ((type->tp_flags & Py_TPFLAGS_HEAPTYPE) == 0) continue;
    return hg_learn_class(type);
  }
  static char name[] = "heapgrind.Attached";
  PyObject* made = PyErr_NewException(name, nullptr, nullptr);
  if (made == nullptr) return PyErr_Clear();
  hg_learn_class(reinterpret_cast<PyTypeObject*>(made));
  Py_DECREF(made);
}

const char* FindMismatch() {
  static char text[160];
  const size_t length = strcspn(PY_VERSION, ".");
  const size_t compared = length + 1 + strcspn(PY_VERSION + length + 1, ".");
  if (strncmp(Py_GetVersion(), PY_VERSION, compared + 1) != 0) {
    snprintf(text, sizeof text,
             "expected Python %.*s, which the scanner is built for, got %.*s",
             static_cast<int>(compared), PY_VERSION,
             static_cast<int>(strcspn(Py_GetVersion(), " ")), Py_GetVersion());
    return text;
  }
#ifdef Py_REF_DEBUG
  constexpr bool kIsDebug = true;
#else
  constexpr bool kIsDebug = false;
#endif
  static char gettotalrefcount[] = "gettotalrefcount";
  const bool is_debug = PySys_GetObject(gettotalrefcount) != nullptr;
  if (is_debug == kIsDebug) return nullptr;
  return kIsDebug ? "expected a debug build of Python, which the scanner is "
                    "built for, got a release"
                  : "expected a release of Python, which the scanner is built "
                    "for, got a debug build";
}

}  // namespace heapgrind
