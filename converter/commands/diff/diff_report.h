// The difference between heaps as tables, and as JSON.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_DIFF_DIFF_REPORT_H_
#define HEAPGRIND_CONVERTER_COMMANDS_DIFF_DIFF_REPORT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "converter/cli/terminal.h"
#include "converter/commands/diff/heap_difference.h"
#include "converter/suspects/stayed_objects.h"
#include "converter/suspects/suspects.h"

namespace heapgrind {

// What heapgrind diff says.
struct DiffReport {
  std::string old_name;  // What messages call the first dump and the last.
  std::string new_name;
  HeapDifference difference;
  // What grew; with more than two dumps, what came and stayed.
  std::vector<Suspect> suspects;
  std::optional<StayedObjects> stayed;  // With more than two dumps.
};

// Tables of at most `num_rows` rows, and one for the others.
std::string DiffText(const DiffReport& report, uint64_t num_rows,
                     const OutputStyle& style);

// One JSON object and a line feed, with all rows.
std::string DiffJson(const DiffReport& report);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_DIFF_DIFF_REPORT_H_
