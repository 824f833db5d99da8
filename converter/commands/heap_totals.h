// Sums over the objects of each type, and of each package.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_HEAP_TOTALS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_HEAP_TOTALS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/commands/analyzed_heap.h"
#include "converter/heap/cost.h"
#include "converter/heap/heap_graph.h"

namespace heapgrind {

struct HeapTotal {
  std::string name;  // Of the type or the package; clean (clean_name.h).
  Cost cost;
  uint64_t largest = 0;  // Bytes of its largest object.
  // Bytes that its objects retain, each byte once: the sum over those that none
  // of them dominates.
  uint64_t retained = 0;
};

// Of the nodes of `is_counted`, in the order of their bytes and then names.
std::vector<HeapTotal> TotalsByType(const std::vector<bool>& is_counted,
                                    AnalyzedHeap* heap);
std::vector<HeapTotal> TotalsByPackage(const std::vector<bool>& is_counted,
                                       AnalyzedHeap* heap);

// All of them together; `retained` stays 0.
HeapTotal SumOf(const std::vector<HeapTotal>& totals);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_HEAP_TOTALS_H_
