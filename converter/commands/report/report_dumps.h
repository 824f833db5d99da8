// From dumps to a report as JSON.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_REPORT_REPORT_DUMPS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_REPORT_REPORT_DUMPS_H_

#include <string>

#include "absl/status/statusor.h"
#include "converter/commands/report/report_options.h"

namespace heapgrind {

// One line (docs/report_format.md) of the dumps in options.inputs.  Says on
// standard error what of them is lost.  One heap at a time is in memory, and of
// a first of several what a comparison needs.  Errors are those of LoadDump.
absl::StatusOr<std::string> ReportOnDumps(const HeapReportOptions& options);

// The line with `<`, `>` and `&` as JSON's escapes, so that it may stand in a
// <script> element.
std::string ForScript(const std::string& json);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_REPORT_REPORT_DUMPS_H_
