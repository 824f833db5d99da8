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
#include "converter/commands/diff/compared_heap.h"
#include "converter/commands/report_options.h"
#include "converter/commands/series/heap_series.h"
#include "converter/commands/series/series_options.h"
#include "converter/commands/series/series_parts.h"
#include "converter/commands/series/series_report.h"
#include "converter/commands/series/series_suspects.h"
#include "converter/files/output_file.h"

namespace heapgrind {
namespace {

constexpr char kProgram[] = "heapgrind series";

// Identities only where objects are to be followed over several dumps.
absl::StatusOr<IdentifiedHeap> Load(const SeriesOptions& options,
                                    const std::string& path,
                                    Progress* progress) {
  if (options.dumps.size() > 2) {
    return LoadIdentifiedHeap(kProgram, path, options.report.heap, progress);
  }
  absl::StatusOr<std::unique_ptr<AnalyzedHeap>> heap =
      AnalyzedHeap::Load(kProgram, path, options.report.heap,
                         /*keeps_overhead=*/false, progress);
  if (!heap.ok()) return heap.status();
  return IdentifiedHeap{*std::move(heap), {}};
}

// Counts all dumps and writes their profiles, if these are asked for.  One heap
// at a time is in memory.
absl::StatusOr<HeapSeries> CountAndWriteParts(const SeriesOptions& options) {
  ProgressLine progress;
  SeriesCount count(options);
  std::vector<HeapProfile> parts;
  SeriesSuspects search;
  std::vector<Suspect> suspects;
  size_t num_read = 0;
  for (const std::string& path : options.dumps) {
    absl::StatusOr<IdentifiedHeap> loaded = Load(options, path, &progress);
    if (!loaded.ok()) return loaded.status();
    AnalyzedHeap* const heap = loaded->heap.get();
    count.Add(heap);
    search.Add(&*loaded);
    if (++num_read == options.dumps.size()) {
      const auto has_stayed = search.FindStayed(heap);
      if (has_stayed.has_value()) count.AddStayed(*has_stayed, heap);
      if (options.type_pattern.empty()) suspects = search.Find(heap);
    }
    if (options.prefix.empty()) continue;
    absl::StatusOr<HeapProfile> part = MakePart(heap);
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
  HeapSeries series = count.Take();
  series.suspects = std::move(suspects);
  return series;
}

absl::StatusOr<std::string> TextOf(HeapSeries series,
                                   const SeriesOptions& options) {
  switch (options.format) {
    case SeriesFormat::kMetrics:
      return SeriesMetrics(std::move(series), options);
    case SeriesFormat::kJson:
      return SeriesJson(series, options);
    default:
      return SeriesText(series, options, StyleOfStandardOutput());
  }
}

absl::Status Run(const SeriesOptions& options) {
  absl::StatusOr<std::unique_ptr<OutputFile>> output =
      OutputFile::Create("-", options.dumps);
  if (!output.ok()) return output.status();
  absl::StatusOr<HeapSeries> series = CountAndWriteParts(options);
  if (!series.ok()) return series.status();
  const absl::StatusOr<std::string> text = TextOf(*std::move(series), options);
  if (!text.ok()) return text.status();
  (*output)->Append(*text);
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
