// The references of native memory in a record.

#ifndef HEAPGRIND_SCANNER_RECORD_NATIVE_REFERENCES_H_
#define HEAPGRIND_SCANNER_RECORD_NATIVE_REFERENCES_H_

#include <cstddef>
#include <cstdint>

#include "cpython/compat.h"
#include "memory/mapped_array.h"
#include "record/native_words.h"
#include "record/reference_list.h"

namespace heapgrind {

// Tells the frontiers of what it adds.
class NativeReferences {
 public:
  NativeReferences(NativeWords* words, NativeBlocks* blocks,
                   ReferenceList* references)
      : words_(words), blocks_(blocks), references_(references) {}

  // Adds those of all words from `start` to before `end`, which may be read.
  // Without objects, only those to blocks: the tp_traverse of an object shows
  // the objects that it refers to.
  void Add(uintptr_t start, uintptr_t end, bool with_objects) {
    num_inside_ = 0;
    words_->Visit(start, end, [this, with_objects](const NativeTarget& target) {
      if (target.kind != NativeTarget::kObject || with_objects) Take(target);
    });
  }

  // The same of an object whose first `bytes` belong to C code; and finds the
  // names of its members.
  void AddOfObject(PyObject* object, size_t bytes) {
    num_inside_ = 0;
    const uintptr_t start = reinterpret_cast<uintptr_t>(object);
    const auto take = [this, object, start](const NativeTarget& target) {
      if (target.kind == NativeTarget::kObject || !Take(target)) return;
      const char* name = hg_word_name(Py_TYPE(object), target.place - start);
      if (name != nullptr)
        names_.Append({references_->num_written() - 1, name});
    };
    words_->Visit(start + sizeof(PyObject), start + bytes, take);
  }

  void AddOfBlock(const NativeBlock& block) {
    num_inside_ = 0;
    words_->VisitBlock(block,
                       [this](const NativeTarget& target) { Take(target); });
  }

  // Of those added by the last call, the last ones: how many are to the inside.
  size_t num_inside() const { return num_inside_; }

  // What AddOfObject has found, in the order of the references, since it was
  // forgotten.
  struct Name {
    size_t reference;  // Its place in the record.
    const char* text;
  };
  const MappedArray<Name>& names() const { return names_; }
  void ForgetNames() { names_.Clear(); }

 private:
  // Whether a reference was written that is no object's.
  bool Take(const NativeTarget& target) {
    if (target.kind == NativeTarget::kObject) {
      references_->Add(reinterpret_cast<PyObject*>(target.object));
      return false;
    }
    const bool is_written = references_->AddAddress(target.block.start);
    if (is_written && target.kind == NativeTarget::kInside) ++num_inside_;
    blocks_->Reach(target.block);
    return is_written;
  }

  NativeWords* const words_;
  NativeBlocks* const blocks_;
  ReferenceList* const references_;
  size_t num_inside_ = 0;
  MappedArray<Name> names_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_NATIVE_REFERENCES_H_
