// What heapgrind series writes: a table, JSON, or numbers for monitoring.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_SERIES_SERIES_REPORT_H_
#define HEAPGRIND_CONVERTER_COMMANDS_SERIES_SERIES_REPORT_H_

#include <string>

#include "absl/status/statusor.h"
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

// As OpenMetrics 1.0 (https://prometheus.io/docs/specs/om/open_metrics_spec)
// the options.num_rows rows that are largest in any dump, each with a number
// for each dump, and the rest as "others".  The number of a single dump has no
// time: it is that of whoever reads it.  Of several each has the time of its
// dump; InvalidArgument if one has none or that of another, for a number must
// have a later time than the one before.
absl::StatusOr<std::string> SeriesMetrics(HeapSeries series,
                                          const SeriesOptions& options);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_SERIES_SERIES_REPORT_H_
