#include "converter/commands/diff/diff.h"

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "converter/cli/messages.h"
#include "converter/cli/progress_line.h"
#include "converter/cli/terminal.h"
#include "converter/commands/diff/compared_heap.h"
#include "converter/commands/diff/diff_options.h"
#include "converter/commands/diff/diff_report.h"
#include "converter/commands/diff/heap_difference.h"
#include "converter/commands/diff/stayed_identities.h"
#include "converter/commands/heap_sentences.h"
#include "converter/commands/report_options.h"
#include "converter/files/output_file.h"

namespace heapgrind {
namespace {

constexpr char kProgram[] = "heapgrind diff";

// In different processes an address means different things.
void WarnOfOtherProcess(const ComparedHeap& a, const ComparedHeap& b) {
  if (a.header.pid == b.header.pid) return;
  Say(kProgram,
      absl::StrCat(a.name, " and ", b.name, ": expected dumps of one process, ",
                   "got pid ", a.header.pid, " and ", b.header.pid,
                   ", in which the same object has different addresses"));
}

// A heap that counts what was asked for.
absl::StatusOr<IdentifiedHeap> Load(const DiffOptions& options,
                                    const std::string& path,
                                    Progress* progress) {
  absl::StatusOr<IdentifiedHeap> heap =
      LoadIdentifiedHeap(kProgram, path, options.report.heap, progress);
  if (heap.ok()) heap->heap->CountVirtualSizes();
  return heap;
}

// The objects of the dumps between the first and the last that the first has
// not, and all of them have.
absl::StatusOr<std::vector<ObjectIdentity>> FindCandidates(
    const DiffOptions& options, const ComparedHeap& first, Progress* progress) {
  std::vector<ObjectIdentity> candidates;
  for (size_t i = 1; i + 1 < options.dumps.size(); ++i) {
    absl::StatusOr<IdentifiedHeap> heap =
        Load(options, options.dumps[i], progress);
    if (!heap.ok()) return heap.status();
    candidates = i == 1 ? WithoutThoseOf(first.identities, heap->identities)
                        : StillIn(heap->identities, candidates);
  }
  return candidates;
}

absl::StatusOr<DiffReport> Compare(const DiffOptions& options) {
  ProgressLine progress;
  StringTable strings;
  ComparedHeap first;
  std::optional<OlderRows> older;
  {
    absl::StatusOr<IdentifiedHeap> heap =
        Load(options, options.dumps.front(), &progress);
    if (!heap.ok()) return heap.status();
    first = MakeComparedHeap(&*heap, &strings);
    older = WeighOlderRows(first, strings, heap->heap.get());
  }
  absl::StatusOr<std::vector<ObjectIdentity>> candidates =
      FindCandidates(options, first, &progress);
  if (!candidates.ok()) return candidates.status();
  absl::StatusOr<IdentifiedHeap> heap =
      Load(options, options.dumps.back(), &progress);
  if (!heap.ok()) return heap.status();
  const ComparedHeap last = MakeComparedHeap(&*heap, &strings);
  WarnOfOtherProcess(first, last);
  DiffReport report;
  report.old_name = first.name;
  report.new_name = last.name;
  report.difference = CompareHeaps(first, last, strings);
  AnalyzedHeap* const newest = heap->heap.get();
  if (options.dumps.size() == 2) {
    report.suspects = FindGrownSuspects(*older, ShowRows(newest), newest);
    return report;
  }
  const std::vector<bool> has_stayed =
      NodesOf(StillIn(last.identities, *candidates), newest);
  report.suspects = FindStayedSuspects(has_stayed, newest);
  report.stayed =
      FindStayedObjects(has_stayed, newest->graph(), newest->owners().tree,
                        newest->functions(), newest->owner_names());
  return report;
}

absl::Status Write(const DiffOptions& options, const std::string& text) {
  absl::StatusOr<std::unique_ptr<OutputFile>> output =
      OutputFile::Create("-", options.dumps);
  if (!output.ok()) return output.status();
  (*output)->Append(text);
  return (*output)->Commit();
}

// 1, or what diff(1) says of trouble.
int Failure(const DiffOptions& options, const absl::Status& status) {
  const int exit_status = ExitStatus(kProgram, status);
  return options.exit_code ? 2 : exit_status;
}

}  // namespace

int RunDiff(int argc, char** argv) {
  DiffOptions options;
  const ParsedWords parsed = ParseDiffOptions(argc, argv, &options);
  if (parsed.exit_status.has_value()) return Finish(parsed);
  const absl::StatusOr<DiffReport> report = Compare(options);
  if (!report.ok()) return Failure(options, report.status());
  const absl::Status status =
      Write(options, options.report.json ? DiffJson(*report)
                                         : DiffText(*report, options.num_rows,
                                                    StyleOfStandardOutput()));
  if (!status.ok()) return Failure(options, status);
  const HeapDifference& difference = report->difference;
  const bool is_different =
      !difference.functions.empty() || !difference.types.empty();
  return options.exit_code && is_different ? 1 : 0;
}

}  // namespace heapgrind
