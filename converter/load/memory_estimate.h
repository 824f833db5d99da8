// How much memory a conversion takes, told before it begins.
//
// Each stage takes so many bytes for an object, for a reference and for a text;
// a table says how many.  The estimate is between 0.9 and 2 times what a
// conversion by path allocates at its peak: memory_estimate_test holds that.

#ifndef HEAPGRIND_CONVERTER_LOAD_MEMORY_ESTIMATE_H_
#define HEAPGRIND_CONVERTER_LOAD_MEMORY_ESTIMATE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "converter/load/dump_sample.h"

namespace heapgrind {

struct MemoryUse {
  bool keeps_overhead = false;  // --events or --process: gc and slack, too.
  size_t num_threads = 1;
};

struct StageMemory {
  const char* stage;
  uint64_t bytes;
};

// What each stage of converting such a dump holds, in their order.
std::vector<StageMemory> EstimateStages(const DumpSample& dump,
                                        const MemoryUse& use);

// The largest of them, bytes.
uint64_t EstimatePeak(const DumpSample& dump, const MemoryUse& use);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_MEMORY_ESTIMATE_H_
