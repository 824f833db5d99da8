// The command line of heapgrind diff.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_DIFF_DIFF_OPTIONS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_DIFF_DIFF_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/cli/option_parser.h"
#include "converter/commands/report_options.h"

namespace heapgrind {

struct DiffOptions {
  ReportOptions report;
  std::vector<std::string> dumps;  // Two or more.
  uint64_t num_rows = 20;          // Of each table, at most.
  bool exit_code = false;
};

// Reads the command line into `options`; the words are in options->dumps.
ParsedWords ParseDiffOptions(int argc, char** argv, DiffOptions* options);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_DIFF_DIFF_OPTIONS_H_
