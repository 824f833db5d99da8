#include "converter/convert_command.h"

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "converter/callgrind_writer.h"
#include "converter/convert_dump.h"
#include "converter/exit_status.h"
#include "converter/join_processes.h"
#include "converter/options.h"
#include "converter/output_file.h"
#include "converter/output_path.h"
#include "converter/output_place.h"
#include "converter/profile_header.h"
#include "converter/progress_line.h"
#include "converter/say.h"

namespace heapgrind {
namespace {

std::vector<std::string> InputsOf(const Options& options) {
  std::vector<std::string> inputs = options.dumps;
  if (!options.base.empty()) inputs.push_back(options.base);
  return inputs;
}

absl::Status Write(const Options& options, const ConvertedDump& converted) {
  absl::StatusOr<std::string> path =
      ExpandOutputPattern(options.output, converted.header);
  if (!path.ok()) return path.status();
  absl::StatusOr<std::unique_ptr<OutputFile>> file =
      OutputFile::Create(*path, InputsOf(options));
  if (!file.ok()) return file.status();
  CallgrindHeader header = MakeProfileHeader(converted.header, converted.name);
  header.extra_events = options.extra_events;
  header.is_difference = !options.base.empty();
  WriteCallgrind(converted.call_graph, header,
                 [&file](absl::string_view text) { (*file)->Append(text); });
  return (*file)->Commit();
}

// Whether one of several processes lacks what --focus asks for.  The others may
// have it.
bool LacksFocus(const char* program, const Options& options,
                const absl::Status& status) {
  if (!absl::IsOutOfRange(status) || options.dumps.size() == 1) return false;
  Say(program, status.message());
  return true;
}

// Converts all dumps, one after the other: one heap at a time is in memory.
absl::StatusOr<ConvertedDump> ConvertAll(const char* program,
                                         const Options& options,
                                         ProgressLine* progress) {
  if (options.sums) {
    return ConvertDump(program, options, options.dumps.back(), progress);
  }
  std::vector<ConvertedDump> all;
  for (const std::string& path : options.dumps) {
    absl::StatusOr<ConvertedDump> converted =
        ConvertDump(program, options, path, progress);
    if (LacksFocus(program, options, converted.status())) continue;
    if (!converted.ok() || options.dumps.size() == 1) return converted;
    all.push_back(*std::move(converted));
  }
  if (all.empty()) {
    return absl::OutOfRangeError(
        absl::StrCat("expected a dump with a function whose name contains \"",
                     options.conversion.focus, "\", got none"));
  }
  return JoinProcesses(std::move(all));
}

absl::Status Convert(const char* program, const Options& options) {
  absl::Status status =
      CheckNoTerminal(options.output, "profile", "callgrind.out.NAME");
  if (status.ok()) status = CheckNoInput(options.output, InputsOf(options));
  if (!status.ok()) return status;
  ProgressLine progress;
  const absl::StatusOr<ConvertedDump> converted =
      ConvertAll(program, options, &progress);
  if (!converted.ok()) return converted.status();
  progress.StartStage("writing");
  return Write(options, *converted);
}

}  // namespace

int RunConversion(const char* program, int argc, char** argv) {
  const CommandLine command_line = ParseCommandLine(program, argc, argv);
  std::fputs(command_line.standard_output.c_str(), stdout);
  std::fputs(command_line.standard_error.c_str(), stderr);
  if (command_line.exit_status.has_value()) return *command_line.exit_status;
  return ExitStatus(program, Convert(program, command_line.options));
}

}  // namespace heapgrind
