// Times and memory of a program's stages, for benchmarks.

#ifndef HEAPGRIND_TESTS_CONVERTER_SUPPORT_STOPWATCH_H_
#define HEAPGRIND_TESTS_CONVERTER_SUPPORT_STOPWATCH_H_

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "tests/converter/support/allocation_count.h"

namespace heapgrind {

// The measurements of one stage.
struct Stage {
  std::string name;
  bool is_part = false;         // Of a conversion; else beside it.
  std::vector<double> seconds;  // By run.
  size_t peak_bytes = 0;        // Above what there was before the first stage.
};

// Measures stages, run by run.
class Stopwatch {
 public:
  void BeginRun() {
    next_ = 0;
    base_bytes_ = AllocatedBytes();
  }

  // Calls `work` as the stage `name` of this run.  The stages of each run are
  // the same ones.
  template <typename Function>
  auto Measure(const char* name, bool is_part, Function work) {
    ResetPeak();
    const auto begin = std::chrono::steady_clock::now();
    auto result = work();
    const std::chrono::duration<double> time =
        std::chrono::steady_clock::now() - begin;
    if (next_ == stages_.size()) stages_.push_back({name, is_part, {}, 0});
    Stage& stage = stages_[next_++];
    stage.seconds.push_back(time.count());
    stage.peak_bytes =
        std::max(stage.peak_bytes, PeakAllocatedBytes() - base_bytes_);
    return result;
  }

  // Prints a row a stage, and one for those together that are part of a
  // conversion, for a dump of `num_objects` and `num_bytes`.  The first stage
  // is what times are compared with.
  void PrintTable(double num_objects, double num_bytes) const;

 private:
  std::vector<Stage> stages_;
  size_t next_ = 0;
  size_t base_bytes_ = 0;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_TESTS_CONVERTER_SUPPORT_STOPWATCH_H_
