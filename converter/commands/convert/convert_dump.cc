#include "converter/commands/convert/convert_dump.h"

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "converter/callgraph/conversion.h"
#include "converter/callgraph/process_rows.h"
#include "converter/cli/say.h"
#include "converter/cli/shared_options.h"
#include "converter/load/load_dump.h"

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
void AddProcess(absl::string_view program, HeapProfile* dump) {
  uint64_t slack = 0;
  for (const Function& function : dump->call_graph.functions) {
    slack += function.self.slack;
  }
  const uint64_t excess =
      AddProcessRows(dump->header, slack, &dump->call_graph);
  if (dump->header.rss == 0) {
    Say(program, absl::StrCat(dump->name,
                              ": the dump does not say how large "
                              "the process is"));
  } else if (excess > 0) {
    Say(program,
        absl::StrCat(dump->name, ": the objects exceed the resident memory by ",
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
                                Progress* progress) {
  absl::StatusOr<LoadedDump> dump =
      LoadDump(path,
               {KeepsOverhead(options), ThreadsToUse(options.num_threads),
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

// The dumps that `path` is joined with: the one to compare with, or those to
// add up.
std::vector<std::string> OthersOf(const Options& options,
                                  const std::string& path) {
  if (!options.base.empty()) return {options.base};
  if (!options.sums || options.dumps.size() < 2) return {};
  std::vector<std::string> others = options.dumps;
  others.pop_back();
  return path == options.dumps.back() ? others : std::vector<std::string>();
}

// Converts one dump after the other; of those before the last, only profiles
// are kept.
class DumpConversion {
 public:
  DumpConversion(absl::string_view program, const Options& options,
                 Progress* progress)
      : program_(program), options_(options), progress_(progress) {}

  absl::StatusOr<HeapProfile> Run(const std::string& path) {
    const std::vector<std::string> others = OthersOf(options_, path);
    for (const std::string& other : others) {
      const absl::Status status = AddOther(other);
      if (!status.ok()) return status;
    }
    absl::StatusOr<LoadedDump> dump = Load(program_, options_, path, progress_);
    if (!dump.ok()) return dump.status();
    ConversionReport report;
    absl::StatusOr<CallGraph> call_graph =
        Convert(!others.empty(), &*dump, &report);
    Finish(*dump, report);
    if (!call_graph.ok()) return InDump(*dump, call_graph.status());
    HeapProfile result = {dump->name, std::move(dump->facts.header),
                          *std::move(call_graph)};
    if (options_.sums && !others.empty()) {
      result.name = absl::StrCat(options_.dumps.size(), " processes");
      AddMemory(others_header_, &result.header);
    }
    if (options_.shows_process) AddProcess(program_, &result);
    return result;
  }

 private:
  absl::Status AddOther(const std::string& path) {
    absl::StatusOr<LoadedDump> dump = Load(program_, options_, path, progress_);
    if (!dump.ok()) return dump.status();
    ConversionReport report;
    const absl::Status status = AddToProfile(ConversionOf(options_), on_stage_,
                                             &dump->graph, &report, &others_);
    if (!status.ok()) return InDump(*dump, status);
    Finish(*dump, report);
    AddMemory(dump->facts.header, &others_header_);
    return absl::OkStatus();
  }

  absl::StatusOr<CallGraph> Convert(bool has_others, LoadedDump* dump,
                                    ConversionReport* report) {
    const ConversionOptions conversion = ConversionOf(options_);
    if (!has_others) {
      return ConvertHeap(conversion, on_stage_, &dump->graph, report);
    }
    return ConvertWith(conversion, others_,
                       options_.sums ? SumProfiles : JoinProfiles, on_stage_,
                       &dump->graph, report);
  }

  void Finish(const LoadedDump& dump, const ConversionReport& report) {
    progress_->Erase();
    if (options_.verbose) SayWhoOwns(program_, dump.name, report);
  }

  const absl::string_view program_;
  const Options& options_;
  Progress* const progress_;
  const std::function<void(absl::string_view)> on_stage_ =
      [this](absl::string_view stage) { progress_->StartStage(stage); };
  BaseProfile others_;
  DumpHeader others_header_;
};

}  // namespace

absl::StatusOr<HeapProfile> ConvertDump(absl::string_view program,
                                        const Options& options,
                                        const std::string& path,
                                        Progress* progress) {
  return DumpConversion(program, options, progress).Run(path);
}

}  // namespace heapgrind
