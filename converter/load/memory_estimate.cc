#include "converter/load/memory_estimate.h"

#include <algorithm>

namespace heapgrind {
namespace {

// Bytes.  Names are those of the string table, and in the profile the functions
// that there are because of them.
struct StageCost {
  const char* stage;
  double of_object;
  double of_reference;
  double of_name;
  double of_name_byte;
  double of_content_byte;
};

// Measured as `./run benchmark` does, on generated heaps and real ones.
constexpr StageCost kStages[] = {
    {"reading", 36, 4, 45, 1, 1},
    {"finding owners", 46, 8, 45, 1, 0},
    {"building the profile", 52, 5, 150, 1, 0},
};

// Sizes of gc header and slack, of each object.
constexpr double kOverhead = 8;

// What does not grow with the dump: buffers of the readers, and the rows of the
// profile, of which there are at most so many.
constexpr double kBuffersOfThread = 3e6;
constexpr double kRows = 7e6;

}  // namespace

std::vector<StageMemory> EstimateStages(const DumpSample& dump,
                                        const MemoryUse& use) {
  const double objects = static_cast<double>(dump.objects);
  const double fixed =
      kRows + kBuffersOfThread * static_cast<double>(use.num_threads);
  std::vector<StageMemory> stages;
  for (const StageCost& cost : kStages) {
    const double bytes =
        fixed + objects * cost.of_object +
        (use.keeps_overhead ? objects * kOverhead : 0) +
        static_cast<double>(dump.references) * cost.of_reference +
        static_cast<double>(dump.names) * cost.of_name +
        static_cast<double>(dump.name_bytes) * cost.of_name_byte +
        static_cast<double>(dump.content_bytes) * cost.of_content_byte;
    stages.push_back({cost.stage, static_cast<uint64_t>(bytes)});
  }
  return stages;
}

uint64_t EstimatePeak(const DumpSample& dump, const MemoryUse& use) {
  uint64_t peak = 0;
  for (const StageMemory& stage : EstimateStages(dump, use)) {
    peak = std::max(peak, stage.bytes);
  }
  return peak;
}

}  // namespace heapgrind
