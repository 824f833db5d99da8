// Which types own native memory: the blocks that C code has allocated.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_NATIVE_OWNERS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_NATIVE_OWNERS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/commands/analyzed_heap.h"

namespace heapgrind {

struct NativeOwner {
  // Clean (clean_name.h): of a type; or what stands for C variables, and for
  // several owners.
  std::string name;
  uint64_t objects = 0;  // Of the type, that own some.
  uint64_t bytes = 0;    // Of blocks whose first dominator but blocks is one.
};

// In the order of their bytes and then names.  Linear in the nodes.
std::vector<NativeOwner> FindNativeOwners(AnalyzedHeap* heap);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_NATIVE_OWNERS_H_
