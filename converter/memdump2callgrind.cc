// memdump2callgrind: turns a heap dump into a call graph for KCachegrind.

#include <csignal>
#include <cstdio>
#include <memory>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "converter/callgrind_writer.h"
#include "converter/conversion.h"
#include "converter/file_source.h"
#include "converter/load_dump.h"
#include "converter/options.h"
#include "converter/output_file.h"
#include "converter/output_path.h"
#include "converter/process_rows.h"
#include "converter/profile_header.h"
#include "converter/progress_line.h"
#include "converter/shared_options.h"

namespace heapgrind {
namespace {

void Say(absl::string_view text) {
  const std::string line = absl::StrCat("memdump2callgrind: ", text, "\n");
  std::fwrite(line.data(), 1, line.size(), stderr);
}

// How the objects were reached, and how many bytes have a named owner.
void SayWhoOwns(absl::string_view name, const ConversionReport& report) {
  Say(absl::StrCat(name, ": objects reached over owning references ",
                   report.reached_by_owning, ", over local variables ",
                   report.reached_by_local, ", over borrowed references ",
                   report.reached_by_borrowed, ", not at all ",
                   report.unreachable_objects));
  const auto [named_bytes, all_bytes] = report.named_share;
  const double percent = all_bytes == 0 ? 0 : 100.0 * named_bytes / all_bytes;
  Say(absl::StrFormat("%s: %d of %d bytes, %.1f %%, have a named owner", name,
                      named_bytes, all_bytes, percent));
}

absl::Status Write(const Options& options, const DumpHeader& header,
                   const CallGraph& call_graph) {
  absl::StatusOr<std::string> path =
      ExpandOutputPattern(options.output, header);
  if (!path.ok()) return path.status();
  absl::StatusOr<std::unique_ptr<OutputFile>> file = OutputFile::Create(*path);
  if (!file.ok()) return file.status();
  CallgrindHeader profile_header =
      MakeProfileHeader(header, NameOfInput(options.dump));
  profile_header.extra_events = options.extra_events;
  WriteCallgrind(call_graph, profile_header,
                 [&file](absl::string_view text) { (*file)->Append(text); });
  return (*file)->Commit();
}

bool KeepsOverhead(const Options& options) {
  return options.extra_events.gc_bytes || options.extra_events.slack ||
         options.shows_process;
}

// Adds the rows of --process, and says what they cannot.
void AddProcess(absl::string_view name, const DumpHeader& header,
                const HeapGraph& graph, CallGraph* call_graph) {
  const uint64_t slack =
      std::accumulate(graph.slack.begin(), graph.slack.end(), uint64_t{0});
  const uint64_t excess = AddProcessRows(header, slack, call_graph);
  if (header.rss == 0) {
    Say(absl::StrCat(name, ": the dump does not say how large the process is"));
  } else if (excess > 0) {
    Say(absl::StrCat(name, ": the objects exceed the resident memory by ",
                     excess, " bytes: pages never touched, or swapped out"));
  }
}

absl::Status Convert(const Options& options) {
  ProgressLine progress;
  absl::StatusOr<LoadedDump> dump = LoadDump(
      options.dump, {KeepsOverhead(options), ThreadsToUse(options.num_threads)},
      &progress);
  if (!dump.ok()) return dump.status();
  for (const std::string& loss : DescribeLosses(*dump)) Say(loss);
  ConversionOptions conversion = options.conversion;
  conversion.num_threads = ThreadsToUse(options.num_threads);
  ConversionReport report;
  absl::StatusOr<CallGraph> call_graph = ConvertHeap(
      conversion,
      [&progress](absl::string_view stage) { progress.StartStage(stage); },
      &dump->graph, &report);
  if (!call_graph.ok()) {
    return absl::Status(
        call_graph.status().code(),
        absl::StrCat(dump->name, ": ", call_graph.status().message()));
  }
  progress.Erase();
  if (options.verbose) SayWhoOwns(dump->name, report);
  if (options.shows_process) {
    AddProcess(dump->name, dump->facts.header, dump->graph, &*call_graph);
  }
  progress.StartStage("writing");
  return Write(options, dump->facts.header, *call_graph);
}

int Main(int argc, char** argv) {
  // A closed pipe is an error of write, with a message of its own.
  std::signal(SIGPIPE, SIG_IGN);
  const CommandLine command_line = ParseCommandLine(argc, argv);
  std::fputs(command_line.standard_output.c_str(), stdout);
  std::fputs(command_line.standard_error.c_str(), stderr);
  if (command_line.exit_status.has_value()) return *command_line.exit_status;
  const absl::Status status = Convert(command_line.options);
  if (status.ok()) return 0;
  Say(status.message());
  return 1;
}

}  // namespace
}  // namespace heapgrind

int main(int argc, char** argv) { return heapgrind::Main(argc, argv); }
