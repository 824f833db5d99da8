// What a sentence is about: a number of bytes and of objects for each row.
//
// With one dump these are what the row retains, with two what it grew by, with
// three or more what came to it and stayed.

#ifndef HEAPGRIND_CONVERTER_SUSPECTS_ROW_WEIGHTS_H_
#define HEAPGRIND_CONVERTER_SUSPECTS_ROW_WEIGHTS_H_

#include <cstdint>
#include <vector>

#include "converter/heap/heap_graph.h"
#include "converter/owners/owned_heap.h"
#include "converter/profile/function_table.h"
#include "converter/profile/shown_rows.h"

namespace heapgrind {

enum class SuspectKind { kHolds, kGrew, kStayed };

struct RowWeights {
  SuspectKind kind = SuspectKind::kHolds;
  // By row.  A row's bytes include those of the rows that it owns; objects are
  // those that CountOf counts.
  std::vector<uint64_t> bytes;
  std::vector<uint64_t> objects;
  std::vector<uint64_t> all_objects;  // With those of the rows that it owns.
  // Of the heap that the sentence compares with, bytes.
  uint64_t heap_bytes = 0;
};

// What is there.
RowWeights WeighWhatIsHeld(const ProfileTree& tree, const StringTable& strings);

// The same of all functions of a heap, 24 bytes for each.  Linear.
RowWeights WeighFunctions(const OwnedHeap& heap,
                          const FunctionTable& functions);

// How many objects a row is said to have: those without an owner in it, such as
// the outermost of nested dictionaries; of a folded chain of others, or of one
// that a single object begins, all.
uint64_t CountOf(const ProfileNode& row, const StringTable& strings);

// Whether it counts those that have an owner in the row.
bool CountsLinks(const ProfileNode& row, const StringTable& strings);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_SUSPECTS_ROW_WEIGHTS_H_
