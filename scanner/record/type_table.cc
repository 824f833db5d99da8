#include "record/type_table.h"

#include <cstring>

#include "native/opaque_types.h"

namespace heapgrind {
namespace {

struct CategoryOfType {
  PyTypeObject* type;
  Category category;
};

bool HasFeature(PyTypeObject* type, unsigned long feature) {
  return PyType_HasFeature(type, feature);
}

// True if instances of a type have room for what those of its base have.
bool HasRoomFor(PyTypeObject* base, PyTypeObject* type) {
  return type->tp_basicsize >= base->tp_basicsize;
}

// The flag comes with the base, and the base with its struct: the interpreter
// asks for no more.
Category CategoryByFeature(PyTypeObject* type) {
  if (hg_is_text_type(type)) return Category::kText;
#if PY_MAJOR_VERSION < 3
  if (HasFeature(type, Py_TPFLAGS_STRING_SUBCLASS)) return Category::kBytes;
#else
  if (HasFeature(type, Py_TPFLAGS_BYTES_SUBCLASS)) return Category::kBytes;
#endif
  if (hg_is_int_type(type)) return Category::kInt;
  if (HasFeature(type, Py_TPFLAGS_TUPLE_SUBCLASS)) return Category::kTuple;
  if (HasFeature(type, Py_TPFLAGS_LIST_SUBCLASS)) return Category::kList;
  if (HasFeature(type, Py_TPFLAGS_DICT_SUBCLASS)) return Category::kDict;
  if (HasFeature(type, Py_TPFLAGS_TYPE_SUBCLASS)) return Category::kClass;
  return Category::kOther;
}

// The category of the nearest base that is one of these types, and whose struct
// has room.
Category CategoryByBase(PyTypeObject* type) {
  static const CategoryOfType kTypes[] = {
    {&PyFloat_Type, Category::kFloat},
#if PY_VERSION_HEX >= 0x030f0000
    {&PyFrozenDict_Type, Category::kDict},
#endif
    {&PySet_Type, Category::kSet},
    {&PyFrozenSet_Type, Category::kSet},
    {&PyModule_Type, Category::kModule},
    {&PyFunction_Type, Category::kFunction},
    {&PyCFunction_Type, Category::kBuiltinFunction},
    {&PyCode_Type, Category::kCode},
    {&PyFrame_Type, Category::kFrame},
  };
  for (PyTypeObject* base = type; base != nullptr; base = base->tp_base) {
    for (const CategoryOfType& row : kTypes) {
      if (row.type != base) continue;
      return HasRoomFor(base, type) ? row.category : Category::kOther;
    }
  }
  return Category::kOther;
}

Category FindCategory(PyTypeObject* type) {
  if (type == &PyBool_Type) return Category::kBool;
  if (type == &PyGen_Type) return Category::kGenerator;
#if PY_VERSION_HEX >= 0x03060000
  if (type == &PyCoro_Type || type == &PyAsyncGen_Type) {
    return Category::kGenerator;
  }
#endif
  const Category category = CategoryByFeature(type);
  return category == Category::kOther ? CategoryByBase(type) : category;
}

bool HasMembers(PyTypeObject* type) {
  for (; type != nullptr; type = type->tp_base) {
    if (type->tp_members != nullptr) return true;
  }
  return false;
}

// These have their parts by name, so their members would only repeat them.
bool HasOwnVisit(Category category) {
  return category == Category::kClass || category == Category::kFunction ||
         category == Category::kCode || category == Category::kFrame ||
         category == Category::kGenerator;
}

// True for exact dictionaries, OrderedDicts, and what class statements derive
// from them.
bool IsPlainDict(PyTypeObject* type) {
  while (type != nullptr && type->tp_traverse == hg_subtype_traverse()) {
    type = type->tp_base;
  }
#if PY_MAJOR_VERSION >= 3
  if (type == &PyODict_Type) return true;
#endif
  return type == &PyDict_Type;
}

std::string_view NameAfterLastDot(const char* name) {
  const char* dot = strrchr(name, '.');
  return dot == nullptr ? name : dot + 1;
}

TypeFacts FindFacts(PyTypeObject* type) {
  TypeFacts facts = {};
  facts.type = type;
  facts.special = hg_find_special_type(type);
  facts.foreign_range = hg_find_foreign_range(type, facts.special);
  facts.name = NameAfterLastDot(hg_type_name(type));
  if (type->tp_traverse != nullptr) facts.fields = hg_type_fields(type);
  facts.category = FindCategory(type);
  if (facts.category == Category::kTuple) {
    facts.field_names = hg_type_field_names(type);
  }
  const bool is_opaque =
      facts.category == Category::kOther || facts.category == Category::kModule;
  if (is_opaque) facts.opaque_bytes = OpaqueBytes(type);
  facts.is_heap_type = HasFeature(type, Py_TPFLAGS_HEAPTYPE);
  facts.is_greenlet = hg_is_greenlet_type(type);
  facts.dict_proof = hg_find_dict_proof(type);
  facts.has_attributes = !HasOwnVisit(facts.category) &&
                         (facts.dict_proof != HG_NO_DICT || HasMembers(type));
  facts.skips_traverse = facts.category == Category::kDict && IsPlainDict(type);
  return facts;
}

}  // namespace

void TypeTable::Learn(PyTypeObject* type, TypeFacts* facts) {
  *facts = FindFacts(type);
}

}  // namespace heapgrind
