// How full the containers of a heap are: lists, dictionaries, sets by the
// number of their items.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_REPORT_CONTAINER_TOTALS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_REPORT_CONTAINER_TOTALS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/heap/heap_graph.h"

namespace heapgrind {

// Containers of one built-in type with more than half of `items` items, and at
// most that: 0, 1, 3, 7, 15, ...
struct ContainerTotal {
  std::string type;
  uint64_t items = 0;
  uint64_t objects = 0;
  uint64_t bytes = 0;      // Their own.
  uint64_t all_items = 0;  // Of all of them, as far as the dump has them.
};

// By type, and those with fewer items first.  Linear in the graph.
std::vector<ContainerTotal> CountContainers(const HeapGraph& graph);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_REPORT_CONTAINER_TOTALS_H_
