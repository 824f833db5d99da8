/* Objects of the mmap, ctypes, datetime, re, abc and decimal modules.

   Private structs are declared here again, as far as they are needed:
   Modules/mmapmodule.c, Modules/_ctypes/ctypes.h, Modules/_datetimemodule.c,
   Modules/sre.h, Modules/_abc.c, Modules/_decimal/_decimal.c of 2.7 to 3.15.
   Those of datetime's objects are in Include/datetime.h.  That an object has
   one of them hg_find_special_type proves, by the file that its type is in. */

#include "special_types.h"

#include <datetime.h>

typedef struct {
  PyObject head;
  char *data;
  size_t bytes;
} mmap_object; /* Its beginning. */

static hg_range mmap_owned(PyObject *object) {
  mmap_object *self = (mmap_object *)object;
  const hg_range range = {(uintptr_t)self->data,
                          self->data == NULL ? 0 : self->bytes};
  return range;
}

static void mmap_blocks(PyObject *object, hg_blocks *blocks) {
  const hg_range owned = mmap_owned(object);
  blocks->mapped_start = (const void *)owned.start;
  blocks->mapped += owned.bytes;
}

typedef struct {
  PyObject head;
  char *data;
  int owns_data;
  PyObject *base;
  Py_ssize_t bytes, length, index;
  PyObject *objects;
  union {
    char bytes[16];
    long double number;
  } small_value;
} ctypes_object;

static hg_range ctypes_owned(PyObject *object) {
  ctypes_object *self = (ctypes_object *)object;
  hg_range range = {(uintptr_t)self->data, 0};
  if (self->data != NULL && self->owns_data) range.bytes = (size_t)self->bytes;
  return range;
}

/* Small values are a part of the object. */
static void ctypes_blocks(PyObject *object, hg_blocks *blocks) {
  const hg_range range = ctypes_owned(object);
  const uintptr_t place = range.start - (uintptr_t)object;
  if (place < (uintptr_t)Py_TYPE(object)->tp_basicsize) return;
  hg_add_block_at(blocks, (const void *)range.start, range.bytes);
}

/* Without a time zone the object ends before the field. */
static void datetime_visit(PyObject *object, hg_reference_function visit,
                           void *context) {
  PyDateTime_DateTime *self = (PyDateTime_DateTime *)object;
  if (!self->hastzinfo) return;
  hg_visit_field(self->tzinfo, "tzinfo", visit, context);
}

static void time_visit(PyObject *object, hg_reference_function visit,
                       void *context) {
  PyDateTime_Time *self = (PyDateTime_Time *)object;
  if (!self->hastzinfo) return;
  hg_visit_field(self->tzinfo, "tzinfo", visit, context);
}

#if PY_VERSION_HEX >= 0x03000000

typedef struct {
  PyObject head;
  PyObject *offset;
  PyObject *name;
} timezone_object;

static void timezone_visit(PyObject *object, hg_reference_function visit,
                           void *context) {
  timezone_object *self = (timezone_object *)object;
  hg_visit_field(self->offset, "offset", visit, context);
  hg_visit_field(self->name, "name", visit, context);
}

#endif

/* Up to 3.9 patterns have no tp_traverse. */
#if PY_VERSION_HEX < 0x030a0000

typedef struct {
  PyVarObject head;
  Py_ssize_t groups;
  PyObject *groupindex;
  PyObject *indexgroup;
} pattern_object; /* Its beginning. */

static void pattern_visit(PyObject *object, hg_reference_function visit,
                          void *context) {
  pattern_object *self = (pattern_object *)object;
  hg_visit_field(self->groupindex, "groupindex", visit, context);
  hg_visit_field(self->indexgroup, "indexgroup", visit, context);
}

#endif

/* Nor has, up to 3.8, what abstract classes know of their subclasses. */
#if PY_VERSION_HEX >= 0x03070000 && PY_VERSION_HEX < 0x03090000

typedef struct {
  PyObject head;
  PyObject *registry;
  PyObject *cache;
  PyObject *negative_cache;
} abc_object; /* Its beginning. */

static void abc_visit(PyObject *object, hg_reference_function visit,
                      void *context) {
  abc_object *self = (abc_object *)object;
  hg_visit_field(self->registry, "registry", visit, context);
  hg_visit_field(self->cache, "cache", visit, context);
  hg_visit_field(self->negative_cache, "negative_cache", visit, context);
}

#endif

/* Nor have, up to 3.12, contexts of decimal arithmetic. */
#if PY_VERSION_HEX >= 0x03000000 && PY_VERSION_HEX < 0x030d0000

typedef struct {
  PyObject head;
  Py_ssize_t limits[3];
  int settings[6];
  PyObject *traps;
  PyObject *flags;
} decimal_context; /* Its beginning. */

static void decimal_context_visit(PyObject *object, hg_reference_function visit,
                                  void *context) {
  decimal_context *self = (decimal_context *)object;
  hg_visit_field(self->traps, "traps", visit, context);
  hg_visit_field(self->flags, "flags", visit, context);
}

#endif

const hg_special_row hg_library_rows[] = {
    {"mmap.mmap", 0, {NULL, NULL, mmap_blocks, NULL}, mmap_owned},
    {"_ctypes._CData",
     sizeof(ctypes_object),
     {NULL, NULL, ctypes_blocks, NULL},
     ctypes_owned},
    {"datetime.datetime",
     sizeof(PyDateTime_DateTime),
     {datetime_visit, NULL, NULL, NULL},
     NULL},
    {"datetime.time",
     sizeof(PyDateTime_Time),
     {time_visit, NULL, NULL, NULL},
     NULL},
#if PY_VERSION_HEX >= 0x03000000
    {"datetime.timezone",
     sizeof(timezone_object),
     {timezone_visit, NULL, NULL, NULL},
     NULL},
#endif
#if PY_VERSION_HEX < 0x03070000
    {"_sre.SRE_Pattern", 0, {pattern_visit, NULL, NULL, NULL}, NULL},
#elif PY_VERSION_HEX < 0x030a0000
    {"re.Pattern", 0, {pattern_visit, NULL, NULL, NULL}, NULL},
#endif
#if PY_VERSION_HEX >= 0x03070000 && PY_VERSION_HEX < 0x03090000
    {"_abc_data", 0, {abc_visit, NULL, NULL, NULL}, NULL},
#endif
#if PY_VERSION_HEX >= 0x03000000 && PY_VERSION_HEX < 0x030d0000
    {"decimal.Context", 0, {decimal_context_visit, NULL, NULL, NULL}, NULL},
#endif
    {NULL, 0, {NULL, NULL, NULL, NULL}, NULL},
};
