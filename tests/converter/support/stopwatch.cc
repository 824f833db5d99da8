#include "tests/converter/support/stopwatch.h"

#include <sys/resource.h>

#include <cstdio>

namespace heapgrind {
namespace {

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

void PrintRow(const Stage& stage, double newlines_seconds, double num_objects,
              double num_bytes) {
  const double seconds = Median(stage.seconds);
  std::printf("%-16s %9.1f %9.1f %11.2f %9.0f %9.1f\n", stage.name.c_str(),
              1e3 * seconds, seconds / newlines_seconds,
              num_objects / seconds / 1e6, num_bytes / seconds / 1e6,
              static_cast<double>(stage.peak_bytes) / num_objects);
}

}  // namespace

void Stopwatch::PrintTable(double num_objects, double num_bytes) const {
  std::printf("%-16s %9s %9s %11s %9s %9s\n", "stage", "ms", "/newlines",
              "M objects/s", "MB/s", "peak B/o");
  const double newlines_seconds = Median(stages_[0].seconds);
  Stage all = {"all", true, std::vector<double>(stages_[0].seconds.size()), 0};
  for (const Stage& stage : stages_) {
    PrintRow(stage, newlines_seconds, num_objects, num_bytes);
    if (!stage.is_part) continue;
    for (size_t i = 0; i < all.seconds.size(); ++i) {
      all.seconds[i] += stage.seconds[i];
    }
    all.peak_bytes = std::max(all.peak_bytes, stage.peak_bytes);
  }
  PrintRow(all, newlines_seconds, num_objects, num_bytes);
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  std::printf("peak RSS of the benchmark: %.1f bytes an object\n",
              1024.0 * static_cast<double>(usage.ru_maxrss) / num_objects);
}

}  // namespace heapgrind
