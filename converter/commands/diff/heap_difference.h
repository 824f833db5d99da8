// What is different between two heaps of one process.
//
//     before   A   B   C   D        A  the same object: it survived
//     after    A   B'  -   D'  E    B  survived, and has another size
//                                   C  is gone
//                                   D  its address was used again: D is gone,
//                                      and D' is new
//                                   E  is new

#ifndef HEAPGRIND_CONVERTER_COMMANDS_DIFF_HEAP_DIFFERENCE_H_
#define HEAPGRIND_CONVERTER_COMMANDS_DIFF_HEAP_DIFFERENCE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/base/string_table.h"
#include "converter/commands/diff/compared_heap.h"

namespace heapgrind {

// Objects, and their bytes.
struct ObjectSum {
  uint64_t objects = 0;
  uint64_t bytes = 0;

  void Add(uint64_t size) {
    ++objects;
    bytes += size;
  }
  ObjectSum& operator+=(const ObjectSum& other) {
    objects += other.objects;
    bytes += other.bytes;
    return *this;
  }
};

// The difference in one type, function or package.  Always
//   after = before + added - gone + grown - shrunk + moved_in - moved_out.
struct DifferenceRow {
  std::string name;
  ObjectSum before;
  ObjectSum after;
  ObjectSum added;
  ObjectSum gone;
  // Survivors that have become larger or smaller: how many, and by how much.
  ObjectSum grown;
  ObjectSum shrunk;
  // Survivors that were in another row before, or are now; bytes as before.
  ObjectSum moved_in;
  ObjectSum moved_out;

  DifferenceRow& operator+=(const DifferenceRow& other);
  bool IsDifferent() const;
  int64_t NetObjects() const;
  int64_t NetBytes() const;
};

struct HeapDifference {
  DifferenceRow all;
  uint64_t survivors = 0;
  // Addresses of which each dump has another object.
  uint64_t reused_addresses = 0;
  // Rows that are different, those whose bytes have changed most first.
  std::vector<DifferenceRow> types;
  std::vector<DifferenceRow> functions;
  std::vector<DifferenceRow> packages;
};

// Linear in the objects.  Names of both are numbers in `strings`.
HeapDifference CompareHeaps(const ComparedHeap& before,
                            const ComparedHeap& after,
                            const StringTable& strings);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_DIFF_HEAP_DIFFERENCE_H_
