/* Contexts: which variable has which value.

   A context is a tree (Python/hamt.c, "HAMT"), whose nodes have variables and
   values in turn.  Where there is no variable, the value is another node. */

#include "special_types.h"

#if PY_VERSION_HEX >= 0x03070000

/* Of bitmap and collision nodes alike: Include/internal/pycore_hamt.h, hamt.c.
 */
typedef struct {
  PyVarObject head;
  int32_t bits_or_hash;
  PyObject *items[1];
} tree_node;

/* Its beginning: Include/internal/pycore_context.h. */
typedef struct {
  PyObject head;
  PyObject *name;
} context_variable;

static void node_visit(PyObject *node, hg_reference_function visit,
                       void *context) {
  tree_node *self = (tree_node *)node;
  for (Py_ssize_t i = 0; i + 1 < Py_SIZE(node); i += 2) {
    PyObject *variable = self->items[i];
    if (variable == NULL || Py_TYPE(variable) != &PyContextVar_Type) continue;
    PyObject *name = ((context_variable *)variable)->name;
    if (self->items[i + 1] != NULL) {
      visit(context, self->items[i + 1], NULL, name);
    }
  }
}

#endif

const hg_special_row hg_context_rows[] = {
#if PY_VERSION_HEX >= 0x03070000
    {"hamt_bitmap_node", 0, {node_visit, NULL, NULL, NULL}, NULL},
    {"hamt_collision_node", 0, {node_visit, NULL, NULL, NULL}, NULL},
#endif
    {NULL, 0, {NULL, NULL, NULL, NULL}, NULL},
};
