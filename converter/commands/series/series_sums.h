// What one heap of a series consists of: a sum for each name of a row.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_SERIES_SERIES_SUMS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_SERIES_SERIES_SUMS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/commands/analyzed_heap.h"
#include "converter/commands/series/series_options.h"

namespace heapgrind {

struct SeriesSum {
  uint64_t bytes = 0;
  uint64_t objects = 0;
  // Of a row by path: the objects of the type in its name, without what is only
  // a part of them, such as a __dict__.
  uint64_t instances = 0;

  void Add(const SeriesSum& other) {
    bytes += other.bytes;
    objects += other.objects;
    instances += other.instances;
  }
};

// Names, each with the sum over its objects.  A name may be there several
// times, and sums may be of no object.
struct NamedSums {
  std::vector<std::string> names;
  std::vector<SeriesSum> sums;
};

// The sums of the nodes that are counted.
NamedSums SumsOf(SeriesRows rows, const std::vector<bool>& is_counted,
                 AnalyzedHeap* heap);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_SERIES_SERIES_SUMS_H_
