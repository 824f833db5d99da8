/* Members (`__slots__` and the like): where types say that instances hold
   references.

   A table of members is inherited with a base, the layout of the base is not:
   the classes of a compiler may have a base for isinstance() alone, and keep a
   pointer of C where that has a member.  So who proves that there is an object?
   Of members that class statements made, and of those of the interpreter's own
   types, this file; all others are claims, which hold as far as tp_traverse
   shows the same object. */

#include "internal.h"

static int is_reference(const PyMemberDef *member) {
  return (member->type == T_OBJECT || member->type == T_OBJECT_EX) &&
         member->offset > 0;
}

/* Where a member is in an object.  From 3.15 on the slots of a class that
   derives from tuple stand behind the elements. */
static Py_ssize_t place_in(PyObject *object, const PyMemberDef *member) {
  Py_ssize_t place = member->offset;
#if PY_VERSION_HEX >= 0x030f0000
  if ((member->flags & _Py_AFTER_ITEMS) != 0 && PyTuple_Check(object)) {
    place += PyTuple_GET_SIZE(object) * (Py_ssize_t)sizeof(PyObject *);
  }
#else
  (void)object;
#endif
  return place;
}

/* Of members at the same place, one is taken: the first that begins with two
   underscores, failing that the first.  Methods of Python 2 have im_self and
   `__self__`, static methods `__func__` and `__wrapped__`. */
static int is_best_name(const PyMemberDef *members,
                        const PyMemberDef *candidate) {
  const PyMemberDef *best = NULL;
  for (const PyMemberDef *member = members; member->name != NULL; ++member) {
    if (!is_reference(member) || member->offset != candidate->offset) continue;
    if (strncmp(member->name, "__", 2) == 0) return member == candidate;
    if (best == NULL) best = member;
  }
  return best == candidate;
}

PyTypeObject *hg_solid_base(PyTypeObject *type) {
  while (type->tp_base != NULL && hg_is_class_statement_type(type)) {
    type = type->tp_base;
  }
  return type;
}

/* True for a member in which C code may keep a pointer: of a word's size, and
   no object. */
static int may_be_pointer(const PyMemberDef *member) {
  switch (member->type) {
    case T_STRING:
    case T_PYSSIZET:
      return 1;
    case T_LONG:
    case T_ULONG:
      return sizeof(long) == sizeof(void *);
    case T_LONGLONG:
    case T_ULONGLONG:
      return sizeof(long long) == sizeof(void *);
    default:
      return 0;
  }
}

const char *hg_word_name(PyTypeObject *type, size_t offset) {
  for (type = hg_solid_base(type); type != NULL; type = type->tp_base) {
    const PyMemberDef *member = type->tp_members;
    for (; member != NULL && member->name != NULL; ++member) {
      if (member->offset == (Py_ssize_t)offset && may_be_pointer(member)) {
        return member->name;
      }
    }
  }
  return NULL;
}

/* True for the place of the attributes, which a module has for a member, too:
   they are visited as such. */
static int is_dict_of(PyObject *object, const PyMemberDef *member) {
  return member->offset == Py_TYPE(object)->tp_dictoffset &&
         strcmp(member->name, "__dict__") == 0;
}

/* False for a place that the object may not have: a claim of it is not even
   read.  Structseqs, which are tuples, have elements as members. */
static int is_within(PyObject *object, const PyMemberDef *member) {
  Py_ssize_t end = Py_TYPE(object)->tp_basicsize;
  if (PyTuple_Check(object)) {
    end += PyTuple_GET_SIZE(object) * (Py_ssize_t)sizeof(PyObject *);
  }
  return place_in(object, member) + (Py_ssize_t)sizeof(PyObject *) <= end;
}

/* The word at a member's place; a claimed one may have any bits. */
static PyObject *word_at(PyObject *object, const PyMemberDef *member) {
  PyObject *word;
  memcpy(&word, (const char *)object + place_in(object, member), sizeof word);
  return word;
}

/* What is known of a type's members, from an instance's type up to here. */
typedef struct {
  /* All these classes have subtype_traverse, which reads their members by the
     same tables (traverse_slots in Objects/typeobject.c). */
  int collector_reads;
  /* The deallocator is the interpreter's, so the instance has the layout of its
     types.  That the table is, too, the place of a name says. */
  int is_interpreters;
} member_proof;

static int is_proven(const PyMemberDef *member, const member_proof *proof) {
  if (proof->collector_reads && member->type == T_OBJECT_EX) return 1;
  return proof->is_interpreters && hg_is_interpreters(member->name);
}

static void visit_member(PyObject *object, const PyMemberDef *member,
                         hg_reference_function visit, void *context) {
  hg_visit_field(word_at(object, member), member->name, visit, context);
}

void hg_visit_members(PyObject *object, hg_reference_function proven,
                      hg_reference_function claimed, void *context) {
  PyTypeObject *type = Py_TYPE(object);
  PyTypeObject *solid = hg_solid_base(type);
  member_proof proof = {1, hg_is_interpreters((void *)solid->tp_dealloc)};
  for (; type != NULL; type = type->tp_base) {
    if (type->tp_traverse != hg_subtype_traverse()) proof.collector_reads = 0;
    const PyMemberDef *members = type->tp_members;
    if (members == NULL) continue;
    const int is_heap_type = (type->tp_flags & Py_TPFLAGS_HEAPTYPE) != 0;
    for (const PyMemberDef *member = members; member->name != NULL; ++member) {
      if (!is_reference(member) || is_dict_of(object, member)) continue;
      if (!is_heap_type && !is_best_name(members, member)) continue;
      if (is_proven(member, &proof)) {
        visit_member(object, member, proven, context);
      } else if (is_within(object, member)) {
        visit_member(object, member, claimed, context);
      }
    }
  }
}
