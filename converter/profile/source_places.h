// Where in the source files the functions of a profile are defined.

#ifndef HEAPGRIND_CONVERTER_PROFILE_SOURCE_PLACES_H_
#define HEAPGRIND_CONVERTER_PROFILE_SOURCE_PLACES_H_

#include <vector>

#include "converter/base/string_table.h"
#include "converter/heap/heap_graph.h"
#include "converter/profile/profile_tree.h"
#include "converter/python/source_files.h"

namespace heapgrind {

struct SourcePlace {
  StringId file = kNoString;
  uint32_t line = 0;           // From 1; 0 if the file is unknown.
  bool is_definition = false;  // It is defined here: no inherited place.
};

// By function: modules, classes, functions, frames and module variables have
// their own place; an instance of a class has that of its class; everything
// else that of what owns it.  The lines of classes and variables come from the
// source, if it is there.  Where the file is known the line is at least 1:
// callgrind_annotate 3.19 trips over files that only have costs at line 0.
std::vector<SourcePlace> FindSourcePlaces(const HeapGraph& graph,
                                          const ProfileTree& tree,
                                          SourceFiles* sources);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_PROFILE_SOURCE_PLACES_H_
