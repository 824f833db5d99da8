#include "record/native_words.h"

#include "cpython/soundness.h"

namespace heapgrind {
namespace {

// Of the frontier, and of objects: up to 3.6 small ones may begin in between.
#if PY_VERSION_HEX >= 0x03070000
constexpr uintptr_t kObjectAlignment = 2 * sizeof(void*);
#else
constexpr uintptr_t kObjectAlignment = sizeof(void*);
#endif

// A freed object begins with a pointer, or with 0.  Counts take less than 32
// bits; from 3.14 on there are flags in the highest 16 (Include/refcount.h).
bool HasReferenceCount(uintptr_t object) {
  const uint64_t count = WordAt(object);
  return (count & 0xffffffff) != 0 && (count >> 32 & 0xffff) == 0;
}

uintptr_t TypeOf(uintptr_t object) {
  return reinterpret_cast<uintptr_t>(
      Py_TYPE(reinterpret_cast<PyObject*>(object)));
}

}  // namespace

NativeTarget NativeWords::Find(uintptr_t word) {
  constexpr uintptr_t kFirst = 0x10000;  // Nothing is mapped below.
  NativeTarget target = {NativeTarget::kNone, word, {}, 0};
  if (word < kFirst) return target;
  if (IsObject(word)) {
    target.kind = NativeTarget::kObject;
  } else if (blocks_->Find(word, &target.block)) {
    if (!IsAnObjects(target.block)) target.kind = NativeTarget::kBlock;
  } else if (blocks_->FindAround(word, &target.block)) {
    target.kind = NativeTarget::kInside;
  }
  return target;
}

// It begins there, or behind its header, of up to six words.
bool NativeWords::IsAnObjects(const NativeBlock& block) {
  if (!block.is_in_pool()) return false;
  for (size_t i = 0; i <= 3; ++i) {
    const uintptr_t place = block.start + i * 2 * sizeof(void*);
    if (place < block.start + block.bytes && frontier_->Contains(place)) {
      return true;
    }
  }
  return false;
}

// Whether an object is there: one that the scan has met, or one that only such
// words lead to.
bool NativeWords::IsObject(uintptr_t word) {
  if (word % kObjectAlignment != 0) return false;
  if (!blocks_->IsPrivate(word, sizeof(PyObject))) return false;
  if (!frontier_->Contains(word)) {
    return !knows_objects_ && IsUnmetObject(word);
  }
  return !IsBeforeObject(word);
}

// Whether the object that the frontier knows begins at the next word: variables
// of the interpreter have half of its alignment, and no word is told there.
bool NativeWords::IsBeforeObject(uintptr_t word) {
  const uintptr_t next = word + sizeof(void*);
  return kObjectAlignment > sizeof(void*) && !IsType(TypeOf(word)) &&
         blocks_->IsPrivate(next, sizeof(PyObject)) && IsType(TypeOf(next));
}

// What the collector tracks has been met, so that what is not is dead, or only
// looks like an object.
bool NativeWords::IsUnmetObject(uintptr_t word) {
  const uintptr_t type = TypeOf(word);
  if (!HasReferenceCount(word) || blocks_->IsMapped(WordAt(word), 1)) {
    return false;
  }
  return IsType(type) &&
         !PyType_HasFeature(reinterpret_cast<PyTypeObject*>(type),
                            Py_TPFLAGS_HAVE_GC) &&
         blocks_->IsObjectPlace(word) &&
         hg_is_sound(reinterpret_cast<PyObject*>(word));
}

// Whether a type is there that the scan has met, as it has all.
bool NativeWords::IsType(uintptr_t place) {
  if (!frontier_->Contains(place)) return false;
  if (!blocks_->IsPrivate(place, sizeof(PyTypeObject))) return false;
  const uintptr_t metatype = TypeOf(place);  // A frame has none.
  return frontier_->Contains(metatype) &&
         blocks_->IsPrivate(metatype, sizeof(PyTypeObject)) &&
         PyType_HasFeature(reinterpret_cast<PyTypeObject*>(metatype),
                           Py_TPFLAGS_TYPE_SUBCLASS);
}

}  // namespace heapgrind
