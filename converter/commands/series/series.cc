#include "converter/commands/series/series.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "converter/cli/messages.h"
#include "converter/cli/progress_line.h"
#include "converter/cli/terminal.h"
#include "converter/commands/analyzed_heap.h"
#include "converter/commands/report_options.h"
#include "converter/commands/series/heap_series.h"
#include "converter/commands/series/series_options.h"
#include "converter/commands/series/series_parts.h"
#include "converter/commands/series/series_report.h"
#include "converter/files/output_file.h"

namespace heapgrind {
namespace {

constexpr char kProgram[] = "heapgrind series";

// Counts all dumps and writes their profiles, if these are asked for.  One heap
// at a time is in memory.
absl::StatusOr<HeapSeries> CountAndWriteParts(const SeriesOptions& options) {
  ProgressLine progress;
  SeriesCount count(options);
  std::vector<HeapProfile> parts;
  for (const std::string& path : options.dumps) {
    absl::StatusOr<std::unique_ptr<AnalyzedHeap>> heap =
        AnalyzedHeap::Load(kProgram, path, options.report.heap,
                           /*keeps_overhead=*/false, &progress);
    if (!heap.ok()) return heap.status();
    count.Add(heap->get());
    if (options.prefix.empty()) continue;
    absl::StatusOr<HeapProfile> part = MakePart(heap->get());
    if (!part.ok()) return part.status();
    parts.push_back(*std::move(part));
  }
  if (const absl::Status status = count.status(); !status.ok()) return status;
  if (!parts.empty()) {
    const absl::Status status =
        WriteParts(parts, count.Order(), options.prefix, options.dumps);
    if (!status.ok()) return status;
    const std::string older = DescribeOlderPart(parts.size(), options.prefix);
    if (!older.empty()) Say(kProgram, older);
  }
  return count.Take();
}

absl::Status Run(const SeriesOptions& options) {
  absl::StatusOr<std::unique_ptr<OutputFile>> output =
      OutputFile::Create("-", options.dumps);
  if (!output.ok()) return output.status();
  const absl::StatusOr<HeapSeries> series = CountAndWriteParts(options);
  if (!series.ok()) return series.status();
  (*output)->Append(options.report.json ? SeriesJson(*series, options)
                                        : SeriesText(*series, options,
                                                     StyleOfStandardOutput()));
  return (*output)->Commit();
}

}  // namespace

int RunSeries(int argc, char** argv) {
  SeriesOptions options;
  const ParsedWords parsed = ParseSeriesOptions(argc, argv, &options);
  if (parsed.exit_status.has_value()) return Finish(parsed);
  return ExitStatus(kProgram, Run(options));
}

}  // namespace heapgrind
