// What the words of native memory point at: blocks, and objects.
//
// Nobody says which words are pointers.  A word is one if it is the address of
// a block in use, or lies 8 bytes behind it, as allocators that keep a header
// of their own hand it out; or if it is the address of an object.  A
// pointer to farther inside of a block may be all that leads to it, as to a
// page of SQLite; or it only looks at what belongs to another.  So these come
// last.

#ifndef HEAPGRIND_SCANNER_RECORD_NATIVE_WORDS_H_
#define HEAPGRIND_SCANNER_RECORD_NATIVE_WORDS_H_

#include <cstddef>
#include <cstdint>

#include "memory/frontier.h"
#include "native/malloc_chunk.h"
#include "native/native_blocks.h"
#include "surroundings.h"

namespace heapgrind {

struct NativeTarget {
  enum Kind { kNone, kObject, kBlock, kInside };

  Kind kind;
  uintptr_t object;
  NativeBlock block;  // The one pointed at, or into.
  uintptr_t place;    // Of the word, if it was visited.
};

class NativeWords {
 public:
  NativeWords(NativeBlocks* blocks, Frontier* frontier)
      : blocks_(blocks), frontier_(frontier) {}

  NativeTarget Find(uintptr_t word);

  // Says that the scan has met all objects that any word leads to.
  void KnowObjects() { knows_objects_ = true; }

  // True if a block of Python's allocator holds an object that the scan has
  // met.
  bool IsAnObjects(const NativeBlock& block);

  // Calls take(target) for the pointers from `start` to before `end`, which may
  // be read; those to the inside of blocks last.
  template <typename Take>
  void Visit(uintptr_t start, uintptr_t end, Take take) {
    bool has_inside = false;
    VisitDirect({start, end}, take, &has_inside);
    if (has_inside) VisitInside({start, end}, take);
  }

  // Calls it for those from *at to before `end`, in their order.  If it is
  // ended, *at is behind the word that did not come to an end.
  template <typename Take>
  void VisitFrom(uintptr_t* at, uintptr_t end, Take take) {
    while (*at + kWordBytes <= end) {
      *at += kWordBytes;
      const NativeTarget target = FindAt(*at - kWordBytes);
      if (target.kind != NativeTarget::kNone) take(target);
    }
  }

  // Calls it for those of any block.  Pixels and matrices are large, and hold
  // no pointers: a block beyond 1 MiB without one in its first and last 64 KiB
  // is taken for such.
  template <typename Take>
  void VisitBlock(const NativeBlock& block, Take take) {
    const uintptr_t start = block.start;
    const uintptr_t end = start + block.bytes;
    if (block.bytes <= kLargeBlock) return Visit(start, end, take);
    const Range parts[] = {
        {start, start + kEnd}, {end - kEnd, end}, {start + kEnd, end - kEnd}};
    bool has_inside = false;
    const bool at_start = VisitDirect(parts[0], take, &has_inside);
    const bool at_end = VisitDirect(parts[1], take, &has_inside);
    const int num_parts = at_start || at_end ? 3 : 2;
    if (num_parts == 3) VisitDirect(parts[2], take, &has_inside);
    if (!has_inside) return;
    for (int i = 0; i < num_parts; ++i) VisitInside(parts[i], take);
  }

 private:
  static constexpr size_t kLargeBlock = size_t{1} << 20;
  static constexpr size_t kEnd = size_t{1} << 16;
  static constexpr uintptr_t kBetweenNotes = size_t{1}
                                             << 20;  // Bytes of words.

  struct Range {
    uintptr_t start;
    uintptr_t end;
  };

  NativeTarget FindAt(uintptr_t place) {
    NativeTarget target = Find(WordAt(place));
    target.place = place;
    return target;
  }

  // Whether there are any pointers.
  template <typename Take>
  bool VisitDirect(const Range& range, Take take, bool* has_inside) {
    bool is_any = false;
    for (uintptr_t at = range.start; at + kWordBytes <= range.end;
         at += kWordBytes) {
      if (at % kBetweenNotes == 0) hg_note_progress();
      const NativeTarget target = FindAt(at);
      is_any |= target.kind != NativeTarget::kNone;
      *has_inside |= target.kind == NativeTarget::kInside;
      if (target.kind == NativeTarget::kObject ||
          target.kind == NativeTarget::kBlock) {
        take(target);
      }
    }
    return is_any;
  }

  template <typename Take>
  void VisitInside(const Range& range, Take take) {
    for (uintptr_t at = range.start; at + kWordBytes <= range.end;
         at += kWordBytes) {
      if (at % kBetweenNotes == 0) hg_note_progress();
      const NativeTarget target = FindAt(at);
      if (target.kind == NativeTarget::kInside) take(target);
    }
  }

  bool IsObject(uintptr_t word);
  bool IsBeforeObject(uintptr_t word);
  bool IsUnmetObject(uintptr_t word);
  bool IsType(uintptr_t place);

  NativeBlocks* const blocks_;
  Frontier* const frontier_;
  bool knows_objects_ = false;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_NATIVE_WORDS_H_
