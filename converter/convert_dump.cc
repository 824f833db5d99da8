#include "converter/convert_dump.h"

#include <cstdint>
#include <numeric>
#include <optional>
#include <utility>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "converter/conversion.h"
#include "converter/load_dump.h"
#include "converter/process_rows.h"
#include "converter/say.h"
#include "converter/shared_options.h"

namespace heapgrind {
namespace {

bool KeepsOverhead(const Options& options) {
  return options.extra_events.gc_bytes || options.extra_events.slack ||
         options.shows_process;
}

// How the objects were reached, and how many bytes have a named owner.
void SayWhoOwns(absl::string_view program, absl::string_view name,
                const ConversionReport& report) {
  Say(program,
      absl::StrCat(name, ": objects reached over owning references ",
                   report.reached_by_owning, ", over local variables ",
                   report.reached_by_local, ", over borrowed references ",
                   report.reached_by_borrowed, ", not at all ",
                   report.unreachable_objects));
  const auto [named_bytes, all_bytes] = report.named_share;
  const double percent = all_bytes == 0 ? 0 : 100.0 * named_bytes / all_bytes;
  Say(program,
      absl::StrFormat("%s: %d of %d bytes, %.1f %%, have a named owner", name,
                      named_bytes, all_bytes, percent));
}

// Adds the rows of --process, and says what they cannot.
void AddProcess(absl::string_view program, const LoadedDump& dump,
                CallGraph* call_graph) {
  const DumpHeader& header = dump.facts.header;
  const std::vector<uint32_t>& slacks = dump.graph.slack;
  const uint64_t slack =
      std::accumulate(slacks.begin(), slacks.end(), uint64_t{0});
  const uint64_t excess = AddProcessRows(header, slack, call_graph);
  if (header.rss == 0) {
    Say(program, absl::StrCat(dump.name,
                              ": the dump does not say how large "
                              "the process is"));
  } else if (excess > 0) {
    Say(program,
        absl::StrCat(dump.name, ": the objects exceed the resident memory by ",
                     excess, " bytes: pages never touched, or swapped out"));
  }
}

ConversionOptions ConversionOf(const Options& options) {
  ConversionOptions conversion = options.conversion;
  conversion.num_threads = ThreadsToUse(options.num_threads);
  return conversion;
}

// Loads a dump, and says what of it is lost.
absl::StatusOr<LoadedDump> Load(absl::string_view program,
                                const Options& options, const std::string& path,
                                ProgressLine* progress) {
  absl::StatusOr<LoadedDump> dump = LoadDump(
      path, {KeepsOverhead(options), ThreadsToUse(options.num_threads),
       options.max_memory},
      progress);
  if (!dump.ok()) return dump;
  for (const std::string& loss : DescribeLosses(*dump)) Say(program, loss);
  return dump;
}

absl::Status InDump(const LoadedDump& dump, const absl::Status& status) {
  return absl::Status(status.code(),
                      absl::StrCat(dump.name, ": ", status.message()));
}

// The profile of the dump of --base; its graph is gone when this returns.
absl::StatusOr<BaseProfile> LoadBase(absl::string_view program,
                                     const Options& options,
                                     ProgressLine* progress) {
  absl::StatusOr<LoadedDump> dump =
      Load(program, options, options.base, progress);
  if (!dump.ok()) return dump.status();
  absl::StatusOr<BaseProfile> base = MakeBaseProfile(
      ConversionOf(options),
      [progress](absl::string_view stage) { progress->StartStage(stage); },
      &dump->graph);
  progress->Erase();
  if (!base.ok()) return InDump(*dump, base.status());
  return base;
}

absl::StatusOr<CallGraph> MakeCallGraph(absl::string_view program,
                                        const Options& options,
                                        const std::optional<BaseProfile>& base,
                                        ProgressLine* progress,
                                        LoadedDump* dump) {
  const auto on_stage = [progress](absl::string_view stage) {
    progress->StartStage(stage);
  };
  const ConversionOptions conversion = ConversionOf(options);
  ConversionReport report;
  absl::StatusOr<CallGraph> call_graph =
      base.has_value()
          ? ConvertDifference(conversion, *base, on_stage, &dump->graph,
                              &report)
          : ConvertHeap(conversion, on_stage, &dump->graph, &report);
  if (!call_graph.ok()) return InDump(*dump, call_graph.status());
  progress->Erase();
  if (options.verbose) SayWhoOwns(program, dump->name, report);
  return call_graph;
}

}  // namespace

absl::StatusOr<ConvertedDump> ConvertDump(absl::string_view program,
                                          const Options& options,
                                          const std::string& path,
                                          ProgressLine* progress) {
  std::optional<BaseProfile> base;
  if (!options.base.empty()) {
    absl::StatusOr<BaseProfile> loaded = LoadBase(program, options, progress);
    if (!loaded.ok()) return loaded.status();
    base = *std::move(loaded);
  }
  absl::StatusOr<LoadedDump> dump = Load(program, options, path, progress);
  if (!dump.ok()) return dump.status();
  absl::StatusOr<CallGraph> call_graph =
      MakeCallGraph(program, options, base, progress, &*dump);
  if (!call_graph.ok()) return call_graph.status();
  if (options.shows_process) AddProcess(program, *dump, &*call_graph);
  return ConvertedDump{dump->name, std::move(dump->facts.header),
                       *std::move(call_graph)};
}

}  // namespace heapgrind
