#include "converter/commands/report/report_dumps.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "converter/base/version.h"
#include "converter/cli/progress_line.h"
#include "converter/commands/collectors.h"
#include "converter/commands/heap_sentences.h"
#include "converter/commands/report/growth.h"
#include "converter/commands/report/growth_json.h"
#include "converter/commands/report/report_collector.h"
#include "converter/commands/report/report_names.h"
#include "converter/commands/report/row_json.h"
#include "converter/commands/report/table_json.h"
#include "converter/dump/process_memory.h"

namespace heapgrind {
namespace {

constexpr char kProgram[] = "heapgrind report";
constexpr uint64_t kFormatVersion = 1;

// The last dump, and what was noted while it was read.
struct LastDump {
  std::unique_ptr<AnalyzedHeap> heap;
  std::vector<std::unique_ptr<TextCollector>> text_collectors;
  std::vector<HeapText> texts;
  std::vector<ObjectIdentity> identities;
};

absl::StatusOr<LastDump> LoadLast(const HeapReportOptions& options,
                                  Progress* progress) {
  Collectors<ReportCollector> collectors(options.report.heap);
  absl::StatusOr<std::unique_ptr<AnalyzedHeap>> heap =
      AnalyzedHeap::Load(kProgram, options.inputs.back(), options.report.heap,
                         /*keeps_overhead=*/true, progress, collectors.sinks);
  if (!heap.ok()) return heap.status();
  LastDump last;
  last.heap = *std::move(heap);
  std::vector<std::unique_ptr<IdentityCollector>> identities;
  for (const auto& collector : collectors.all) {
    last.text_collectors.push_back(std::move(collector->texts));
    identities.push_back(std::move(collector->identities));
  }
  last.texts = TextCollector::Join(last.text_collectors);
  last.identities = IdentityCollector::Join(identities);
  if (options.hides_keys) last.heap->HideKeys();
  return last;
}

void WriteDump(const ReportedDump& dump, JsonWriter* json) {
  const DumpHeader& header = dump.header;
  json->Open();
  json->Text("dump", ReportName(dump.name));
  json->Number("objects", dump.objects);
  json->Number("bytes", dump.bytes);
  if (header.heapgrind > 0) {
    json->Number("time", header.time);
    json->Text("python", ReportName(header.python));
    json->Number("pid", header.pid);
    json->Text("command", ReportName(CommandOf(header)));
    json->Number("rss", header.rss);
    json->Number("swap", header.swap);
  }
  json->Close();
}

void WriteTotals(const Cost& cost, JsonWriter* json) {
  json->Open("totals");
  json->Number("objects", cost.objects);
  json->Number("bytes", cost.bytes);
  json->Number("gc_bytes", cost.gc_bytes);
  json->Number("slack", cost.slack);
  json->Close();
}

void WriteProcess(const DumpFacts& facts, const Cost& cost, JsonWriter* json) {
  const ProcessFigures figures = FiguresOf(facts);
  if (figures.total == 0) return;
  const ProcessMemory memory =
      SplitProcessMemory(figures, cost.bytes, cost.slack);
  json->Open("process");
  json->Number("total", figures.total);
  json->Number("excess", memory.excess);
  json->OpenArray("rows");
  for (const ProcessRow& row : RowsOf(memory)) {
    json->Open();
    json->Text("name", row.name);
    json->Number("bytes", row.bytes);
    json->Close();
  }
  json->CloseArray();
  json->Close();
}

std::string TitleOf(const AnalyzedHeap& heap) {
  const std::string command = CommandOf(heap.header());
  return ReportName(command.empty() ? heap.name() : command);
}

void WriteHead(const HeapReportOptions& options,
               const std::vector<ReportedDump>& dumps, const AnalyzedHeap& heap,
               JsonWriter* json) {
  const bool is_strict =
      options.report.heap.ownership == OwnershipRules::kStrict;
  json->Number("heapgrind_report", kFormatVersion);
  json->Text("program", absl::StrCat("heapgrind ", kVersion));
  json->Text("title", TitleOf(heap));
  json->Text("ownership", is_strict ? "strict" : "modules");
  json->Flag("shows_strings", options.shows_strings);
  json->Flag("hides_keys", options.hides_keys);
  json->OpenArray("dumps");
  for (const ReportedDump& dump : dumps) WriteDump(dump, json);
  json->CloseArray();
}

std::string Report(const HeapReportOptions& options,
                   std::vector<ReportedDump> dumps, LastDump last,
                   GrowthSearch* growth_search) {
  AnalyzedHeap* const heap = last.heap.get();
  dumps.push_back(DescribeDump(*heap));
  JsonWriter json;
  ReportFiles files;
  const std::vector<Suspect> held = FindHeldSuspects(heap);
  const ReportRows rows = FitReportRows(
      [heap](const PruneLimits& limits) {
        return BuildPrunedProfile(heap->owned_heap(), heap->functions(),
                                  limits);
      },
      /*compares=*/false,
      dumps.size() > 1 ? kMostRowsOfTwo : PruneLimits().max_functions, heap);
  const StringTable& strings = heap->graph().strings;
  const Cost all = rows.rows.tree.nodes[0].inclusive;
  json.Open();
  WriteHead(options, dumps, *heap, &json);
  WriteTotals(all, &json);
  WriteProcess(heap->facts(), all, &json);
  WriteHeapTables(heap, &json);
  WriteAttributes(rows.rows, strings, &json);
  WriteThreads(rows.rows, heap, &json);
  WriteStringTables(last.texts, options.shows_strings, &json);
  WriteRows(rows, strings, /*compares=*/false, &files, &json);
  std::vector<Suspect> suspects;
  if (dumps.size() > 1) {
    const Growth growth =
        growth_search->Compare(std::move(last.identities), &last.heap);
    suspects = growth.suspects;
    WriteGrowth(growth, heap, &files, &json);
  }
  suspects.insert(suspects.end(), held.begin(), held.end());
  WriteReportSentences(suspects, rows, &files, &json);
  files.Write(&json);
  json.Close();
  return ForScript(json.TakeLine());
}

}  // namespace

absl::StatusOr<std::string> ReportOnDumps(const HeapReportOptions& options) {
  ProgressLine progress;
  GrowthSearch growth(options, &progress);
  std::vector<ReportedDump> dumps;
  for (size_t i = 0; i + 1 < options.inputs.size(); ++i) {
    absl::StatusOr<ReportedDump> dump = growth.AddOlder(options.inputs[i]);
    if (!dump.ok()) return dump.status();
    dumps.push_back(*std::move(dump));
  }
  absl::StatusOr<LastDump> last = LoadLast(options, &progress);
  if (!last.ok()) return last.status();
  return Report(options, std::move(dumps), *std::move(last), &growth);
}

std::string ForScript(const std::string& json) {
  return absl::StrReplaceAll(
      json, {{"<", "\\u003c"}, {">", "\\u003e"}, {"&", "\\u0026"}});
}

}  // namespace heapgrind
