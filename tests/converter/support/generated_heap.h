// Makes large heap dumps with the shape of real Python heaps, for benchmarks.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_GENERATED_HEAP_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_GENERATED_HEAP_H_

#include <cstdint>
#include <string>
#include <vector>

namespace heapgrind {

struct GeneratedHeap {
  std::string text;             // The dump.
  std::vector<uint64_t> begin;  // Of each object's line, bytes.
  uint64_t end = 0;             // Of the last object's line, bytes.
  uint64_t num_references = 0;  // Of the objects.
  uint64_t num_leaves = 0;      // Objects without references.
  uint64_t num_shared = 0;      // Objects with several referrers.
};

// A heapgrind dump of about `num_objects` objects: modules in packages with
// classes and functions, a thread with frames, and caches of sessions with
// attributes, lists of orders that refer back, tuples, strings and numbers.
// About 96 % of the objects have one referrer, 56 % are leaves, there are 2.5
// references and 110 to 140 bytes an object, as in real heaps.  The lines are
// in the order of creation.  The same number gives the same dump.
GeneratedHeap GenerateHeap(uint64_t num_objects);

// The dump with the objects' lines in a random order.
std::string ShuffledDump(const GeneratedHeap& heap);

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_GENERATED_HEAP_H_
