#include "converter/commands/walk/walk_options.h"

#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "converter/commands/walk/walk_commands.h"

namespace heapgrind {
namespace {

constexpr char kUsage[] =
    R"(Usage: heapgrind walk [OPTION]... DUMP

Walks through the heap dump DUMP, which heapgrind or Meliae wrote, plain or
compressed with gzip or zstd: reads commands from standard input and answers
them. At a terminal with editing, history (Up, Ctrl-R) and completion (Tab).
With DUMP -, the dump is on standard input, and -c says the commands.

  -c, --commands=TEXT     answer the commands in TEXT instead, with semicolons
                            or newlines between them
)";

constexpr char kCommandsHead[] = R"(
Commands, one a line or with semicolons between them (help COMMAND says more):

)";

constexpr char kEnd[] = R"(
Exit status: 0 done, 1 the dump, the machine or a command is at fault, 2 the
command line is.
)";

std::string HelpText() {
  std::string text = absl::StrCat(kUsage, ReportOptionsHelp(), kCommandsHead);
  for (const std::string& line : DescribeCommands()) {
    absl::StrAppend(&text, "  ", line, "\n");
  }
  return absl::StrCat(text, kEnd);
}

absl::Status Check(const std::vector<std::string>& words,
                   const WalkOptions& options) {
  absl::Status status = CheckSingleDump(words);
  if (status.ok()) status = CheckDumps(words, 1);
  if (!status.ok()) return status;
  if (words[0] == "-" && !options.commands.has_value()) {
    return absl::InvalidArgumentError(
        "expected --commands with the dump on standard input, got none");
  }
  return absl::OkStatus();
}

}  // namespace

ParsedWords ParseWalkOptions(int argc, char** argv, WalkOptions* options) {
  const std::string help = HelpText();
  const ProgramText program = {"heapgrind walk", help.c_str()};
  std::vector<OptionRule> rules = ReportRules(&options->report);
  const auto set_commands = [options](absl::string_view value) {
    options->commands = std::string(value);
    return absl::OkStatus();
  };
  rules.push_back({"commands", true, set_commands, 'c'});
  ParsedWords parsed = ParseWords(program, rules, argc, argv);
  if (parsed.exit_status.has_value()) return parsed;
  const absl::Status status = Check(parsed.words, *options);
  if (!status.ok()) return UsageError(program, status);
  options->dump = parsed.words[0];
  return parsed;
}

}  // namespace heapgrind
