/* Elements of XML: Modules/_elementtree.c of 2.7 to 3.15.

   An element's attributes and children are in a block of their own, in which
   there is room for four children.  On 2.7 no tp_traverse shows any of it. */

#include "special_types.h"

#if PY_VERSION_HEX >= 0x03000000
typedef Py_ssize_t child_count;
#else
typedef int child_count;
#endif

/* 3.15 counts changes behind it; the allocator's block is the same. */
typedef struct {
  PyObject *attributes;
  child_count length;
  child_count allocated;
  PyObject **children;
  PyObject *first_children[4];
} element_extra;

typedef struct {
  PyObject head;
  PyObject *tag;
  PyObject *text;
  PyObject *tail;
  element_extra *extra;
#if PY_VERSION_HEX >= 0x03000000
  PyObject *weak_references;
#endif
} element;

static const element_extra *extra_of(PyObject *object) {
  return ((element *)object)->extra;
}

/* The lowest bit says that the text is a list of strings still to be joined. */
static PyObject *without_mark(PyObject *text) {
  return (PyObject *)((uintptr_t)text & ~(uintptr_t)1);
}

static void element_visit(PyObject *object, hg_reference_function visit,
                          void *context) {
  element *self = (element *)object;
  hg_visit_field(self->tag, "tag", visit, context);
  hg_visit_field(without_mark(self->text), "text", visit, context);
  hg_visit_field(without_mark(self->tail), "tail", visit, context);
  if (self->extra == NULL) return;
  hg_visit_field(self->extra->attributes, "attrib", visit, context);
}

static size_t num_children(PyObject *object) {
  const element_extra *extra = extra_of(object);
  return extra == NULL ? 0 : (size_t)extra->length;
}

/* From 3.0 on tp_traverse shows them. */
#if PY_VERSION_HEX >= 0x03000000
#define visit_children NULL
#else
static void visit_children(PyObject *object, hg_reference_function visit,
                           void *context) {
  const size_t count = num_children(object);
  for (size_t i = 0; i < count; ++i) {
    hg_visit_field(extra_of(object)->children[i], NULL, visit, context);
  }
}
#endif

static void element_blocks(PyObject *object, hg_blocks *blocks) {
  const element_extra *extra = extra_of(object);
  if (extra == NULL) return;
  hg_add_block(blocks, sizeof(element_extra));
  if (extra->children == extra->first_children) return;
  hg_add_block_at(blocks, extra->children,
                  (size_t)extra->allocated * sizeof(PyObject *));
}

#if PY_VERSION_HEX >= 0x03000000
#define ELEMENT_NAME "xml.etree.ElementTree.Element"
#else
#define ELEMENT_NAME "Element"
#endif

const hg_special_row hg_element_rows[] = {
    {ELEMENT_NAME,
     sizeof(element),
     {element_visit, visit_children, element_blocks, num_children},
     NULL},
    {NULL, 0, {NULL, NULL, NULL, NULL}, NULL},
};
