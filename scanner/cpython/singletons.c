/* The interpreter's own small integers, empty and one-character strings.

   Equal ones may exist beside them: `'Y'.lower()` makes a string of its own.
   made_singletons.c finds them within the process; the blob has other ways. */

#include "internal.h"

typedef struct {
  PyObject *object;
  const char *name;
} singleton;

enum {
  kMostSingletons =
      HG_MOST_SMALL_INT - HG_LEAST_SMALL_INT + 1 + 2 * HG_CHARACTERS + 3
};
static singleton singletons[kMostSingletons];
static int num_singletons;
static Py_ssize_t own_references;

void hg_keep_singleton(PyObject *object, const char *name) {
  if (num_singletons == kMostSingletons) return;
  singletons[num_singletons].object = object;
  singletons[num_singletons++].name = name;
}

void hg_set_own_references(Py_ssize_t count) { own_references = count; }

int hg_knows_singletons(void) { return num_singletons != 0; }

/* Up to 3.10 a character that nobody uses may have been made for us. */
void hg_visit_singletons(hg_reference_function visit, void *context) {
  for (int i = 0; i < num_singletons; ++i) {
    if (Py_REFCNT(singletons[i].object) > own_references) {
      visit(context, singletons[i].object, singletons[i].name, NULL);
    }
  }
}
