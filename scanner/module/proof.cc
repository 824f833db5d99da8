// A module that was built for another Python is refused when it is imported.

#include "cpython/compat.h"
#include "cpython/proof.h"
#include "module/module_functions.h"
#include "process/readable_pages.h"
#include "surroundings.h"

namespace heapgrind {
namespace {

const char* FindMismatch() {
  ReadablePages pages;
  hg_use_readable(ReadablePages::Test, &pages);
  const char* found = hg_find_mismatch_by_calls();
  hg_use_readable(nullptr, nullptr);
  return found;
}

// "3.11.2 (main, ...)\n[GCC ...]": the first word.
int LengthOfNumber(const char* version) {
  int length = 0;
  while (version[length] > ' ') ++length;
  return length;
}

}  // namespace

// PyErr_Format has no "%.*s" in Python 2.
bool ProveLayouts() {
  const char* mismatch = FindMismatch();
  if (mismatch == nullptr) return true;
  const char* version = Py_GetVersion();
  char number[32];
  snprintf(number, sizeof number, "%.*s", LengthOfNumber(version), version);
  PyErr_Format(PyExc_ImportError,
               "%s: this heapgrind was built for Python " PY_VERSION
               ", and Python %s runs it; build the wheel with that one "
               "(scanner/build_wheel.py)",
               mismatch, number);
  return false;
}

}  // namespace heapgrind
