// The command line of heapgrind report.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_REPORT_REPORT_OPTIONS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_REPORT_REPORT_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/cli/option_parser.h"
#include "converter/commands/report/report_formats.h"
#include "converter/commands/report_options.h"

namespace heapgrind {

struct HeapReportOptions {
  ReportOptions report;
  std::vector<std::string> inputs;  // Dumps, the oldest first; or a report.
  std::string output = "-";
  const ReportFormat* format = nullptr;
  uint64_t num_rows = 20;  // Of each table of Markdown, at most.
  bool shows_strings = false;
  bool hides_keys = false;
};

// Reads the command line into `options`.
ParsedWords ParseHeapReportOptions(int argc, char** argv,
                                   HeapReportOptions* options);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_REPORT_REPORT_OPTIONS_H_
