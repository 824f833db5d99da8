// The command line of heapgrind summary.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_SUMMARY_OPTIONS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_SUMMARY_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/cli/option_parser.h"
#include "converter/commands/report_options.h"

namespace heapgrind {

enum class SortColumn { kBytes, kObjects, kLargest, kRetained, kName };

struct SummaryOptions {
  ReportOptions report;
  std::vector<std::string> dumps;
  uint64_t num_rows = 20;  // Of each table, at most.
  SortColumn sort = SortColumn::kBytes;
  std::string type_pattern;  // "": all types.
};

// Reads the command line into `options`; the words are in options->dumps.
ParsedWords ParseSummaryOptions(int argc, char** argv, SummaryOptions* options);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_SUMMARY_OPTIONS_H_
