// Reads a report that was written as JSON.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_REPORT_SAVED_REPORT_H_
#define HEAPGRIND_CONVERTER_COMMANDS_REPORT_SAVED_REPORT_H_

#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "converter/commands/report/report_formats.h"

namespace heapgrind {

// The report in the file at `path`, compressed or not; nothing if the file
// begins as no report does, or is no regular file, which cannot be read twice.
// Errors: those of OpenDumpSource and ParseReport.
absl::StatusOr<std::optional<ReportDocument>> ReadSavedReport(
    const std::string& path);

// A report of which `text` is the JSON.  InvalidArgument, "PATH: expected X,
// got Y": it is no JSON, or of a version that this program does not know.
absl::StatusOr<ReportDocument> ParseReport(const std::string& path,
                                           std::string text);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_REPORT_SAVED_REPORT_H_
