// What an object costs, computed from its struct.
//
// `__sizeof__` is never called: a class may define it in Python, and pandas
// returns the size of whole tables from it.

#ifndef HEAPGRIND_SCANNER_RECORD_OBJECT_SIZE_H_
#define HEAPGRIND_SCANNER_RECORD_OBJECT_SIZE_H_

#include <cstdint>

#include "cpython/compat.h"
#include "memory/counted_ranges.h"
#include "memory/resident_pages.h"
#include "memory/static_memory.h"
#include "native/native_blocks.h"
#include "record/type_table.h"

namespace heapgrind {

// Bytes.  docs/dump_format.md defines the first three.
struct ObjectSize {
  uint64_t size;
  uint64_t gc;     // Part of size.
  uint64_t slack;  // Not part of size.
  // What each allocator has handed out for it: slack and the part of size that
  // is neither in a program file nor mapped by the object itself.
  uint64_t from_pymalloc;
  uint64_t from_malloc;

  // Of its large blocks, those of ResidentPages::kLeastBytes and more.
  bool has_large;    // It has one.
  bool is_unknown;   // Of one it is not known how much is there.
  uint64_t absent;   // Part of size that is neither resident nor swapped out.
  uint64_t swapped;  // Part of size.
  uint64_t absent_from_malloc;  // Part of absent.
  uint64_t from_native;         // Part of from_malloc: no object's own.

  // Adds another that has no large blocks.
  void AddSmall(const ObjectSize& other) {
    size += other.size;
    slack += other.slack;
    from_malloc += other.from_malloc;
    from_native += other.from_native;
  }

  // Counts how much of a range that is a part of size is there, if it is large.
  void AddPresence(const void* start, uint64_t bytes, bool is_from_malloc,
                   ResidentPages* pages);

  // The same of a part of a range that is large.
  void AddPresenceOfPart(uintptr_t start, uint64_t bytes, bool is_from_malloc,
                         ResidentPages* pages);
};

// `static_memory` knows which objects the allocators did not hand out; `pages`
// may be null: then nothing is large.  Tells `natives`, unless that is null,
// which blocks are counted.
ObjectSize SizeOf(PyObject* object, const TypeFacts& facts,
                  StaticMemory* static_memory, ResidentPages* pages,
                  NativeBlocks* natives);

// Adds what an object shows of memory that no other object has shown.  `pages`
// as above.
void AddForeignBytes(hg_range range, CountedRanges* counted,
                     ResidentPages* pages, ObjectSize* size);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_OBJECT_SIZE_H_
