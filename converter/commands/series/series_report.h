// What heapgrind series writes: a table, or JSON.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_SERIES_SERIES_REPORT_H_
#define HEAPGRIND_CONVERTER_COMMANDS_SERIES_SERIES_REPORT_H_

#include <string>

#include "converter/cli/terminal.h"
#include "converter/commands/series/heap_series.h"
#include "converter/commands/series/series_options.h"

namespace heapgrind {

// The dumps, and the first options.num_rows rows; where sizes are readable,
// with curves.
std::string SeriesText(const HeapSeries& series, const SeriesOptions& options,
                       const OutputStyle& style);

// All rows, on one line.
std::string SeriesJson(const HeapSeries& series, const SeriesOptions& options);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_SERIES_SERIES_REPORT_H_
