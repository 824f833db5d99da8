#include "object_size.h"

#include "cpython/rounding.h"

namespace heapgrind {
namespace {

// No object has so many elements.  Some types have a tp_itemsize, and a pointer
// where others have their length.
constexpr Py_ssize_t kAddress = Py_ssize_t{1} << (sizeof(void*) > 4 ? 40 : 30);

uint64_t VariableSize(PyObject* object, PyTypeObject* type) {
  uint64_t bytes = type->tp_basicsize;
  const Py_ssize_t length = type->tp_itemsize == 0 ? 0 : Py_SIZE(object);
  if (length > 0 && length < kAddress) {
    bytes += uint64_t(type->tp_itemsize) * uint64_t(length);
  }
  return bytes;
}

uint64_t OwnBlockSize(PyObject* object, const TypeFacts& facts,
                      hg_blocks* blocks) {
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
    default:
      return VariableSize(object, facts.type);
  }
}

}  // namespace

ObjectSize SizeOf(PyObject* object, const TypeFacts& facts, bool is_static) {
  hg_blocks blocks;
  blocks.count = 0;
  blocks.mapped = 0;
  ObjectSize result = {};
  result.gc = hg_header_bytes(object);
  result.size = result.gc + OwnBlockSize(object, facts, &blocks);
  if (facts.has_attributes) {
    result.size += hg_inline_values_bytes(object, &blocks);
  }
  if (facts.special != nullptr && facts.special->blocks != nullptr) {
    facts.special->blocks(object, &blocks);
  }
  if (!is_static) {
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
