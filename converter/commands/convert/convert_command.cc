#include "converter/commands/convert/convert_command.h"

#include <cstdio>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "converter/callgraph/join_processes.h"
#include "converter/callgraph/profile_file.h"
#include "converter/cli/exit_status.h"
#include "converter/cli/messages.h"
#include "converter/cli/progress_line.h"
#include "converter/commands/convert/convert_dump.h"
#include "converter/commands/convert/options.h"
#include "converter/commands/convert/output_path.h"
#include "converter/files/output_place.h"

namespace heapgrind {
namespace {

std::vector<std::string> InputsOf(const Options& options) {
  std::vector<std::string> inputs = options.dumps;
  if (!options.base.empty()) inputs.push_back(options.base);
  return inputs;
}

absl::Status Write(const Options& options, const HeapProfile& converted) {
  absl::StatusOr<std::string> path =
      ExpandOutputPattern(options.output, converted.header);
  if (!path.ok()) return path.status();
  const absl::StatusOr<std::unique_ptr<OutputFile>> file =
      WriteProfile(converted, {options.extra_events, !options.base.empty()},
                   *path, InputsOf(options));
  if (!file.ok()) return file.status();
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

// Converts all dumps, one after the other, side by side.
absl::StatusOr<HeapProfile> ConvertAll(const char* program,
                                       const Options& options,
                                       Progress* progress) {
  std::vector<HeapProfile> all;
  for (const std::string& path : options.dumps) {
    absl::StatusOr<HeapProfile> converted =
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

absl::StatusOr<HeapProfile> Join(const char* program, const Options& options,
                                 Progress* progress) {
  if (!options.base.empty()) return CompareDumps(program, options, progress);
  if (options.sums && options.dumps.size() > 1) {
    return SumDumps(program, options, progress);
  }
  return ConvertAll(program, options, progress);
}

absl::Status Convert(const char* program, const Options& options) {
  absl::Status status =
      CheckNoTerminal(options.output, "profile", "callgrind.out.NAME");
  if (status.ok()) status = CheckNoInput(options.output, InputsOf(options));
  if (!status.ok()) return status;
  ProgressLine progress;
  const absl::StatusOr<HeapProfile> converted =
      Join(program, options, &progress);
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
