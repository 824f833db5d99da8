#include "record/object_size.h"

#include "cpython/rounding.h"

namespace heapgrind {
namespace {

// Some types have a tp_itemsize, and a pointer where others have their length.
// No object has so many elements as a heap's addresses are high; those of
// programs may be low.
bool IsAddress(Py_ssize_t length, StaticMemory* static_memory) {
  constexpr Py_ssize_t kFirst = 0x10000;  // Nothing is mapped below.
  constexpr Py_ssize_t kHigh = Py_ssize_t{1} << (sizeof(void*) > 4 ? 40 : 30);
  if (length < kFirst) return false;
  return length >= kHigh ||
         static_memory->Contains(reinterpret_cast<const void*>(length));
}

uint64_t VariableSize(PyObject* object, PyTypeObject* type) {
  uint64_t bytes = type->tp_basicsize;
  if (type->tp_itemsize != 0 && Py_SIZE(object) > 0) {
    bytes += uint64_t(type->tp_itemsize) * uint64_t(Py_SIZE(object));
  }
  return bytes;
}

// Of a type that the interpreter need not know.
uint64_t ForeignSize(PyObject* object, PyTypeObject* type,
                     StaticMemory* static_memory) {
  if (type->tp_itemsize == 0 || IsAddress(Py_SIZE(object), static_memory)) {
    return type->tp_basicsize;
  }
  return VariableSize(object, type);
}

uint64_t OwnBlockSize(PyObject* object, const TypeFacts& facts,
                      StaticMemory* static_memory, hg_blocks* blocks) {
  switch (facts.category) {
    case Category::kText:
      return hg_text_bytes(object, blocks);
    case Category::kInt:
    case Category::kBool:
      return hg_int_bytes(object);
    case Category::kCode:
      return hg_code_bytes(object, blocks);
    case Category::kFrame:
      return hg_frame_object_bytes(object);
    case Category::kGenerator:
      return hg_generator_bytes(object);
    case Category::kClass:
      hg_type_blocks(reinterpret_cast<PyTypeObject*>(object), blocks);
      return PyType_HasFeature(reinterpret_cast<PyTypeObject*>(object),
                               Py_TPFLAGS_HEAPTYPE)
                 ? VariableSize(object, facts.type)
                 : sizeof(PyTypeObject);
    case Category::kOther:
      return ForeignSize(object, facts.type, static_memory);
    default:
      return VariableSize(object, facts.type);
  }
}

}  // namespace

ObjectSize SizeOf(PyObject* object, const TypeFacts& facts,
                  StaticMemory* static_memory) {
  hg_blocks blocks;
  blocks.count = 0;
  blocks.mapped = 0;
  ObjectSize result = {};
  result.gc = hg_header_bytes(object);
  result.size = result.gc + OwnBlockSize(object, facts, static_memory, &blocks);
  if (facts.has_attributes) {
    result.size += hg_inline_values_bytes(object, &blocks);
  }
  if (facts.special != nullptr && facts.special->blocks != nullptr) {
    facts.special->blocks(object, &blocks);
  }
  if (!static_memory->Contains(object)) {
    result.slack = hg_rounding_of(result.size);
    result.allocated = result.size + result.slack;
  }
  for (int i = 0; i < blocks.count; ++i) {
    const uint64_t slack = hg_rounding_of(blocks.bytes[i]);
    result.size += blocks.bytes[i];
    result.slack += slack;
    result.allocated += blocks.bytes[i] + slack;
  }
  result.size += blocks.mapped;
  return result;
}

}  // namespace heapgrind
