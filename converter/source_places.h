// Where in the source files the functions of a profile are defined.

#ifndef HEAPGRIND_CONVERTER_SOURCE_PLACES_H_
#define HEAPGRIND_CONVERTER_SOURCE_PLACES_H_

#include <vector>

#include "converter/heap_graph.h"
#include "converter/profile_tree.h"
#include "converter/string_table.h"

namespace heapgrind {

struct SourcePlace {
  StringId file = kNoString;
  uint32_t line = 0;  // From 1; 0 if unknown.
};

// By function: modules, classes, functions and frames have their own place;
// everything else has the file of what owns it, without a line.  A class whose
// line the dump does not give has none.
std::vector<SourcePlace> FindSourcePlaces(const HeapGraph& graph,
                                          const ProfileTree& tree);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_SOURCE_PLACES_H_
