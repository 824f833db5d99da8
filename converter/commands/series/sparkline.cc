#include "converter/commands/series/sparkline.h"

#include <algorithm>
#include <cstddef>

namespace heapgrind {
namespace {

constexpr const char* kBars[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
constexpr size_t kHighest = 7;

}  // namespace

std::string Sparkline(absl::Span<const uint64_t> numbers) {
  if (numbers.empty()) return "";
  const auto [least, most] =
      std::minmax_element(numbers.begin(), numbers.end());
  const double range = static_cast<double>(*most - *least);
  std::string line;
  for (const uint64_t number : numbers) {
    const double part =
        range == 0 ? 0 : static_cast<double>(number - *least) / range;
    line += kBars[static_cast<size_t>(part * kHighest + 0.5)];
  }
  return line;
}

}  // namespace heapgrind
