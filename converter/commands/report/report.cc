#include "converter/commands/report/report.h"

#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "converter/cli/exit_status.h"
#include "converter/commands/report/report_dumps.h"
#include "converter/commands/report/report_formats.h"
#include "converter/commands/report/report_options.h"
#include "converter/commands/report/saved_report.h"
#include "converter/files/output_file.h"

namespace heapgrind {
namespace {

// The report as JSON: of dumps, or as it was written before.
absl::StatusOr<ReportDocument> MakeReport(const HeapReportOptions& options) {
  if (options.inputs.size() == 1) {
    absl::StatusOr<std::optional<ReportDocument>> saved =
        ReadSavedReport(options.inputs[0]);
    if (!saved.ok()) return saved.status();
    if (saved->has_value()) return **std::move(saved);
  }
  absl::StatusOr<std::string> text = ReportOnDumps(options);
  if (!text.ok()) return text.status();
  return ParseReport(options.inputs.back(), *std::move(text));
}

absl::Status Run(const HeapReportOptions& options) {
  absl::StatusOr<std::unique_ptr<OutputFile>> output =
      OutputFile::Create(options.output, options.inputs);
  if (!output.ok()) return output.status();
  const absl::StatusOr<ReportDocument> report = MakeReport(options);
  if (!report.ok()) return report.status();
  const absl::Status status =
      options.format->write(*report, options.num_rows, output->get());
  if (!status.ok()) return status;
  return (*output)->Commit();
}

}  // namespace

int RunReport(int argc, char** argv) {
  HeapReportOptions options;
  const ParsedWords parsed = ParseHeapReportOptions(argc, argv, &options);
  if (parsed.exit_status.has_value()) return Finish(parsed);
  return ExitStatus("heapgrind report", Run(options));
}

}  // namespace heapgrind
