#include "converter/commands/summary/heap_summary.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "converter/cli/progress_line.h"
#include "converter/commands/analyzed_heap.h"
#include "converter/commands/collectors.h"
#include "converter/commands/heap_sentences.h"
#include "converter/commands/type_pattern.h"

namespace heapgrind {
namespace {

// Larger numbers first, and among equals those with more bytes.
uint64_t Rank(SortColumn column, const HeapTotal& total) {
  switch (column) {
    case SortColumn::kObjects:
      return total.cost.objects;
    case SortColumn::kLargest:
      return total.largest;
    case SortColumn::kRetained:
      return total.retained;
    default:
      return total.cost.bytes;
  }
}

void Sort(SortColumn column, std::vector<HeapTotal>* totals) {
  if (column == SortColumn::kBytes) return;  // They come like that.
  std::stable_sort(totals->begin(), totals->end(),
                   [column](const HeapTotal& a, const HeapTotal& b) {
                     return column == SortColumn::kName
                                ? a.name < b.name
                                : Rank(column, a) > Rank(column, b);
                   });
}

// Leaves the texts of the nodes that are counted.  Nodes and texts are both in
// the order of their addresses.
void LeaveCounted(const std::vector<bool>& is_counted, const HeapGraph& graph,
                  std::vector<HeapText>* texts) {
  NodeId node = 0;
  const auto is_left_out = [&](const HeapText& text) {
    while (node < graph.num_nodes() && graph.address[node] < text.address) {
      ++node;
    }
    return node == graph.num_nodes() || !is_counted[node];
  };
  texts->erase(std::remove_if(texts->begin(), texts->end(), is_left_out),
               texts->end());
}

// Counts the texts that the options ask for, and lets go of all.
StringTotals CountStrings(const SummaryOptions& options,
                          std::vector<HeapText> texts,
                          const std::vector<bool>& is_counted,
                          const HeapGraph& graph) {
  if (!options.type_pattern.empty()) LeaveCounted(is_counted, graph, &texts);
  return CountStrings(texts, options.num_rows);
}

HeapSummary Summarize(const SummaryOptions& options,
                      std::vector<HeapText> texts, AnalyzedHeap* heap) {
  const std::vector<bool> is_counted = NodesOfType(options.type_pattern, heap);
  HeapSummary summary;
  summary.dump = heap->name();
  summary.header = heap->header();
  summary.type_pattern = options.type_pattern;
  summary.strings =
      CountStrings(options, std::move(texts), is_counted, heap->graph());
  summary.types = TotalsByType(is_counted, heap);
  summary.packages = TotalsByPackage(is_counted, heap);
  summary.all = SumOf(summary.types);
  Sort(options.sort, &summary.types);
  Sort(options.sort, &summary.packages);
  summary.largest =
      FindLargestObjects(is_counted, options.num_rows,
                         options.sort == SortColumn::kRetained, heap);
  if (summary.all.cost.objects == 0 && !options.type_pattern.empty()) {
    summary.no_object = NoObjectOfType(options.type_pattern, heap);
  }
  if (options.type_pattern.empty()) {
    summary.suspects = FindHeldSuspects(heap);
    summary.native_owners = FindNativeOwners(heap);
    summary.process =
        SplitProcessMemory(FiguresOf(heap->facts()), summary.all.cost.bytes,
                           summary.all.cost.slack);
  }
  return summary;
}

}  // namespace

absl::StatusOr<HeapSummary> SummarizeHeap(const SummaryOptions& options,
                                          const std::string& path) {
  Collectors<TextCollector> collectors(options.report.heap);
  ProgressLine progress;
  absl::StatusOr<std::unique_ptr<AnalyzedHeap>> heap =
      AnalyzedHeap::Load("heapgrind summary", path, options.report.heap,
                         /*keeps_overhead=*/true, &progress, collectors.sinks);
  if (!heap.ok()) return heap.status();
  HeapSummary summary =
      Summarize(options, TextCollector::Join(collectors.all), heap->get());
  summary.collectors = std::move(collectors.all);
  return summary;
}

}  // namespace heapgrind
