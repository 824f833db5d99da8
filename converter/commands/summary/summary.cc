#include "converter/commands/summary/summary.h"

#include <memory>
#include <string>

#include "absl/status/status.h"
#include "converter/cli/terminal.h"
#include "converter/commands/report_options.h"
#include "converter/commands/summary/heap_summary.h"
#include "converter/commands/summary/summary_options.h"
#include "converter/commands/summary/summary_report.h"
#include "converter/files/output_file.h"

namespace heapgrind {
namespace {

absl::Status Summarize(const SummaryOptions& options) {
  const OutputStyle style = StyleOfStandardOutput();
  absl::StatusOr<std::unique_ptr<OutputFile>> output =
      OutputFile::Create("-", options.dumps);
  if (!output.ok()) return output.status();
  bool is_first = true;
  bool has_objects = false;
  absl::Status no_object;
  for (const std::string& dump : options.dumps) {
    const absl::StatusOr<HeapSummary> summary = SummarizeHeap(options, dump);
    if (!summary.ok()) return summary.status();
    if (options.report.json) {
      (*output)->Append(SummaryJson(*summary));
    } else {
      if (!is_first) (*output)->Append("\n");
      (*output)->Append(SummaryText(*summary, options.num_rows, style));
    }
    is_first = false;
    has_objects |= summary->no_object.ok();
    no_object.Update(summary->no_object);
  }
  if (!has_objects) return no_object;
  return (*output)->Commit();
}

}  // namespace

int RunSummary(int argc, char** argv) {
  SummaryOptions options;
  const ParsedWords parsed = ParseSummaryOptions(argc, argv, &options);
  if (parsed.exit_status.has_value()) return Finish(parsed);
  return ExitStatus("heapgrind summary", Summarize(options));
}

}  // namespace heapgrind
