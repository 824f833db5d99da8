// Numbers as a small curve: "▁▃▂█".

#ifndef HEAPGRIND_CONVERTER_COMMANDS_SERIES_SPARKLINE_H_
#define HEAPGRIND_CONVERTER_COMMANDS_SERIES_SPARKLINE_H_

#include <cstdint>
#include <string>

#include "absl/types/span.h"

namespace heapgrind {

// One character for each number, in eight heights from the smallest of them to
// the largest; the lowest if all are equal.
std::string Sparkline(absl::Span<const uint64_t> numbers);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_SERIES_SPARKLINE_H_
