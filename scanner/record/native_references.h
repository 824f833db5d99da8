// The references of native memory in a record.

#ifndef HEAPGRIND_SCANNER_RECORD_NATIVE_REFERENCES_H_
#define HEAPGRIND_SCANNER_RECORD_NATIVE_REFERENCES_H_

#include <cstddef>
#include <cstdint>

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

  void AddOfBlock(const NativeBlock& block) {
    num_inside_ = 0;
    words_->VisitBlock(block,
                       [this](const NativeTarget& target) { Take(target); });
  }

  // Of those added by the last call, the last ones: how many are to the inside.
  size_t num_inside() const { return num_inside_; }

 private:
  void Take(const NativeTarget& target) {
    if (target.kind == NativeTarget::kObject) {
      return references_->Add(reinterpret_cast<PyObject*>(target.object));
    }
    const bool is_written = references_->AddAddress(target.block.start);
    if (is_written && target.kind == NativeTarget::kInside) ++num_inside_;
    blocks_->Reach(target.block);
  }

  NativeWords* const words_;
  NativeBlocks* const blocks_;
  ReferenceList* const references_;
  size_t num_inside_ = 0;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_NATIVE_REFERENCES_H_
