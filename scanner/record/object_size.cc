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

// Adds a block that an allocator has handed out; its bytes are a part of size
// already.  Python 2 takes all but objects from malloc.
void AddAllocated(const hg_block& block, bool is_from_malloc,
                  ObjectSize* size) {
  const uint64_t slack =
      block.count * hg_rounding_of(block.bytes, is_from_malloc);
  const uint64_t bytes = block.count * block.bytes + slack;
  size->slack += slack;
  (is_from_malloc ? size->from_malloc : size->from_pymalloc) += bytes;
}

bool IsReadable(const void* start, uint64_t bytes) {
  return hg_is_readable(reinterpret_cast<uintptr_t>(start), bytes) != 0;
}

struct Uncovered {
  uintptr_t start;
  uintptr_t end;
};

// Takes the part that a mapping covers from the front.
int TakeCovered(const hg_mapping* mapping, void* context) {
  auto* rest = static_cast<Uncovered*>(context);
  if (mapping->end <= rest->start) return 0;
  if (mapping->start <= rest->start) rest->start = mapping->end;
  return mapping->start > rest->start || rest->start >= rest->end;
}

// Nobody reads it: a program may have mapped it so that nobody can, and a core
// may lack it.
bool IsMapped(const void* start, uint64_t bytes) {
  const auto place = reinterpret_cast<uintptr_t>(start);
  Uncovered rest = {place, place + static_cast<uintptr_t>(bytes)};
  if (rest.end < rest.start) return false;
  hg_visit_mappings(TakeCovered, &rest);
  return rest.start >= rest.end;
}

// Gives up the object if it says that it is where nothing is mapped.  Blocks
// whose place is not told are small, but for the many of a deque.
void CheckExtents(PyObject* object, const ObjectSize& size,
                  const hg_blocks& blocks) {
  const char* start = reinterpret_cast<const char*>(object) - size.gc;
  if (!IsReadable(start, size.size)) hg_give_up();
  for (int i = 0; i < blocks.count; ++i) {
    const hg_block& block = blocks.blocks[i];
    if (block.start != nullptr && !IsReadable(block.start, block.bytes)) {
      hg_give_up();
    }
    const uint64_t most = hg_most_references() * sizeof(void*);
    if (block.bytes > most || block.count > most / block.bytes) hg_give_up();
  }
  if (blocks.mapped != 0 && blocks.mapped_start != nullptr &&
      !IsMapped(blocks.mapped_start, blocks.mapped)) {
    hg_give_up();
  }
}

struct ForeignBytes {
  ObjectSize* size;
  ResidentPages* pages;  // Null: what is resident is not asked.
};

// What C code allocates is malloc's, as a rule.
void AddForeignPart(void* context, uintptr_t start, size_t bytes) {
  auto* found = static_cast<ForeignBytes*>(context);
  found->size->size += bytes;
  found->size->from_malloc += bytes;
  if (found->pages == nullptr) return;
  found->size->AddPresenceOfPart(start, bytes, true, found->pages);
}

}  // namespace

void AddForeignBytes(hg_range range, CountedRanges* counted,
                     ResidentPages* pages, ObjectSize* size) {
  const bool is_large = range.bytes >= ResidentPages::kLeastBytes;
  ForeignBytes found = {size, is_large ? pages : nullptr};
  counted->Add(range.start, range.bytes, AddForeignPart, &found);
}

void ObjectSize::AddPresence(const void* start, uint64_t bytes,
                             bool is_from_malloc, ResidentPages* pages) {
  if (pages == nullptr || bytes < ResidentPages::kLeastBytes) return;
  AddPresenceOfPart(reinterpret_cast<uintptr_t>(start), bytes, is_from_malloc,
                    pages);
}

void ObjectSize::AddPresenceOfPart(uintptr_t start, uint64_t bytes,
                                   bool is_from_malloc, ResidentPages* pages) {
  PresentBytes found;
  has_large = true;
  if (start == 0 || !pages->Find(start, bytes, &found)) {
    is_unknown = true;
    return;
  }
  absent += bytes - found.present;
  swapped += found.swapped;
  if (is_from_malloc) absent_from_malloc += bytes - found.present;
}

ObjectSize SizeOf(PyObject* object, const TypeFacts& facts,
                  StaticMemory* static_memory, ResidentPages* pages,
                  NativeBlocks* natives) {
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
    const char* start = reinterpret_cast<const char*>(object) - result.gc;
    const bool is_from_malloc = hg_is_for_malloc(result.size) != 0;
    AddAllocated({start, result.size, 1, 0}, is_from_malloc, &result);
    if (natives != nullptr) natives->ClaimAround(start);
    result.AddPresence(start, result.size, is_from_malloc, pages);
  }
  if (!hg_trusts_heap()) CheckExtents(object, result, blocks);
  for (int i = 0; i < blocks.count; ++i) {
    const hg_block& block = blocks.blocks[i];
    result.size += block.count * block.bytes;
    const bool is_from_malloc = block.is_from_malloc != 0 ||
                                PY_MAJOR_VERSION < 3 ||
                                hg_is_for_malloc(block.bytes);
    AddAllocated(block, is_from_malloc, &result);
    if (natives != nullptr && block.start != nullptr) {
      natives->Claim(block.start);
    }
    result.AddPresence(block.start, block.bytes, is_from_malloc, pages);
  }
  result.size += blocks.mapped;
  result.AddPresence(blocks.mapped_start, blocks.mapped, false, pages);
  return result;
}

}  // namespace heapgrind
