// Makes random heaps that have every shape which a Python heap can have.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_RANDOM_HEAP_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_RANDOM_HEAP_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace heapgrind {

struct RandomObject {
  uint64_t address = 0;
  std::string type;
  uint64_t size = 0;  // Bytes.
  std::string facts;  // ", "key": value" for kind, name, module and so on.
  std::string value;  // As JSON; empty if it has none.
  uint64_t refcount = 0;
  uint64_t num_pairs = 0;
  std::vector<uint64_t> refs;
  std::vector<std::string> names;  // "" is null.
};

struct RandomRoot {
  std::string kind;
  std::string name;
  std::vector<uint64_t> refs;
  std::vector<std::string> names;
};

struct RandomHeap {
  std::vector<RandomObject> objects;
  std::vector<RandomRoot> roots;
};

// About `num_objects` objects.  One state of `random` gives one heap, on every
// machine.
RandomHeap MakeRandomHeap(uint32_t num_objects, std::mt19937* random);

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_RANDOM_HEAP_H_
