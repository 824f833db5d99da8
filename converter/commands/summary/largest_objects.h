// The objects that cost or retain most, with their owners' paths.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_LARGEST_OBJECTS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_LARGEST_OBJECTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/commands/analyzed_heap.h"

namespace heapgrind {

struct LargestObject {
  uint64_t address = 0;
  uint64_t bytes = 0;
  uint64_t retained = 0;  // Bytes.
  std::string type;       // Clean (clean_name.h), as is the path.
  std::string path;
};

// Of the nodes of `is_counted`, the `num_wanted` with most bytes, or with most
// retained bytes; of equals, those at the lowest addresses.
std::vector<LargestObject> FindLargestObjects(
    const std::vector<bool>& is_counted, uint64_t num_wanted, bool by_retained,
    AnalyzedHeap* heap);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_LARGEST_OBJECTS_H_
