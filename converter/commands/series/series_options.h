// The command line of heapgrind series.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_SERIES_SERIES_OPTIONS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_SERIES_SERIES_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/cli/option_parser.h"
#include "converter/commands/report_options.h"

namespace heapgrind {

enum class SeriesRows { kTypes, kPaths, kPackages, kOwners };
enum class SeriesFormat { kText, kJson, kMetrics };

struct SeriesOptions {
  ReportOptions report;
  SeriesFormat format = SeriesFormat::kText;
  std::vector<std::string> dumps;  // Two or more; of kMetrics one will do.
  SeriesRows rows = SeriesRows::kTypes;
  bool has_rows = false;        // Somebody has asked for these rows.
  bool counts_objects = false;  // Instead of bytes.
  uint64_t num_rows = 20;       // Of the table, at most.
  std::string type_pattern;     // "": all types.
  std::string prefix;           // Of the profiles to write; "": none.
};

// Reads the command line into `options`; the words are in options->dumps.
ParsedWords ParseSeriesOptions(int argc, char** argv, SeriesOptions* options);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_SERIES_SERIES_OPTIONS_H_
