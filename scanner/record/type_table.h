// What the scan needs to know of an object's type, found out once a type.

#ifndef HEAPGRIND_SCANNER_RECORD_TYPE_TABLE_H_
#define HEAPGRIND_SCANNER_RECORD_TYPE_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "cpython/compat.h"
#include "cpython/foreign_memory.h"

namespace heapgrind {

// How the scanner treats an object.
enum class Category : uint8_t {
  kOther,
  kText,
  kBytes,
  kInt,
  kFloat,
  kBool,
  kTuple,
  kList,
  kDict,
  kSet,
  kModule,
  kClass,
  kFunction,
  kBuiltinFunction,
  kCode,
  kFrame,
  kGenerator,
};

struct TypeFacts {
  PyTypeObject* type;
  const hg_special_type* special;   // Null if there is nothing special.
  std::string_view name;            // The type's, after its last dot.
  hg_range_function foreign_range;  // Null: objects show no such memory.
  PyObject* field_names;            // Of a named tuple's elements, or null.
  const char* fields;               // See hg_type_fields; or null.
  size_t opaque_bytes;              // See OpaqueBytes.
  Category category;
  hg_dict_proof dict_proof;
  bool is_heap_type;
  bool is_greenlet;
  // Objects may have a dictionary, inline values or members.
  bool has_attributes;
  // The dictionary's own loop shows all that tp_traverse does.
  bool skips_traverse;
};

// A direct-mapped cache: a type may be looked at again, but never wrongly.
// Valid while no Python code runs.
class TypeTable {
 public:
  // A smaller table takes less memory, and more time.
  void UseSmallTable() { last_ = kSmallSize - 1; }

  const TypeFacts& Find(PyTypeObject* type) {
    const uintptr_t number = reinterpret_cast<uintptr_t>(type);
    TypeFacts& facts = facts_[(number >> 4 ^ number >> 13) & last_];
    if (facts.type != type) Learn(type, &facts);
    return facts;
  }

 private:
  static constexpr size_t kSmallSize = 64;  // A power of two, as is:
  static constexpr size_t kSize = 512;

  static void Learn(PyTypeObject* type, TypeFacts* facts);

  size_t last_ = kSize - 1;
  TypeFacts facts_[kSize];  // Zero at first: the scan's memory is.
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_TYPE_TABLE_H_
