/* The names of references that a C type keeps in fields of its own.

   tp_traverse says what an object refers to, but not where that is kept.  So a
   reference that it shows is looked for in the object's own words, and takes
   the name of the field it is found in.  Words are only compared, never
   followed: a layout other than the one that is known costs a name, and no
   more. */

#include "internal.h"

/* Moves *end behind the field that `token` stands for; returns where it is. */
static size_t place_field(const char *token, size_t *end) {
  size_t bytes = sizeof(void *);
  size_t alignment = sizeof(void *);
  if (strcmp(token, "c") == 0) {
    bytes = alignment = 1;
  } else if (strcmp(token, "i") == 0) {
    bytes = alignment = sizeof(int);
  } else if (strcmp(token, "d") == 0) {
    bytes = sizeof(double);
    alignment = _Alignof(struct { double field; });
  }
  const size_t start = (*end + alignment - 1) / alignment * alignment;
  *end = start + bytes;
  return start;
}

static int is_name(const char *token) { return token[1] != '\0'; }

const char *hg_field_name(PyObject *object, const char *fields,
                          PyObject *target, uint64_t *taken) {
  const size_t bytes = (size_t)Py_TYPE(object)->tp_basicsize;
  size_t end = sizeof(PyObject);
  uint64_t bit = 1;
  for (; *fields != '\0'; fields += strlen(fields) + 1, bit <<= 1) {
    const size_t start = place_field(fields, &end);
    if (end > bytes) return NULL;
    if (!is_name(fields) || (*taken & bit) != 0) continue;
    if (*(PyObject **)((char *)object + start) != target) continue;
    *taken |= bit;
    return fields;
  }
  return NULL;
}
