#include "converter/commands/export/export_options.h"

#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "converter/cli/option_rules.h"
#include "converter/commands/prune_rules.h"
#include "converter/commands/report_options.h"

namespace heapgrind {
namespace {

constexpr char kHelp[] =
    R"(Usage: heapgrind export --format=FORMAT [OPTION]... DUMP

Writes the heap in the dump DUMP for a viewer that you have:

  pprof         a profile for go tool pprof, Pyroscope, Parca, Grafana,
                speedscope: bytes and objects, a stack is what owns what
  folded        the same as lines of stacks and bytes, for flamegraph.pl, inferno,
                speedscope
  heapsnapshot  every object, for the Memory panel of Chrome and Edge, and memlab

With DUMP -, reads standard input.

      --format=pprof|heapsnapshot|folded
                          what to write
  -o, --output=FILE       write FILE, whole or not at all, instead of standard
                            output (-: standard output, even if it is a
                            terminal); pprof is compressed with gzip, the others
                            if its name ends in .gz or .zst
      --min-percent=P     in a profile: show what is smaller than P percent of
                            the heap as "small" (default 0.01)
      --max-functions=N   in a profile: show at most N rows (default 20000)
      --strings           in a heap snapshot: show the texts of strings, as far as
                            the dump has them
      --hide-keys         show keys of dictionaries that are no identifiers as [*]
)";

constexpr char kHelpEnd[] = R"(
In a heap snapshot, references that only use their target are weak, so that what
an object retains is what it owns. An object of 4 GiB and more is several nodes.
)";

constexpr char kExample[] = R"(
Example:
  heapgrind export --format=pprof -o heap.pb.gz dump.json
  go tool pprof -http=: heap.pb.gz
)";

constexpr absl::string_view kFormats = "pprof, heapsnapshot or folded";

absl::Status SetFormat(absl::string_view value, ExportFormat* format) {
  constexpr std::pair<absl::string_view, ExportFormat> kAll[] = {
      {"pprof", ExportFormat::kPprof},
      {"heapsnapshot", ExportFormat::kHeapSnapshot},
      {"folded", ExportFormat::kFolded}};
  for (const auto& [name, number] : kAll) {
    if (value != name) continue;
    *format = number;
    return absl::OkStatus();
  }
  return ExpectedOption(absl::StrCat(kFormats, " in --format"), value);
}

absl::Status SetOutput(absl::string_view value, ExportOptions* options) {
  if (value.empty()) return ExpectedOption("a file in --output", value);
  options->output = std::string(value);
  return absl::OkStatus();
}

std::vector<OptionRule> Rules(ExportOptions* options) {
  std::vector<OptionRule> rules = HeapRules(&options->heap);
  for (const OptionRule& rule : PruneRules(&options->limits)) {
    const auto set = [options, rule](absl::string_view value) {
      options->has_limits = true;
      return rule.set(value);
    };
    rules.push_back({rule.name, rule.takes_value, set});
  }
  rules.push_back({"format", true, [options](absl::string_view value) {
                     return SetFormat(value, &options->format);
                   }});
  rules.push_back(
      {"output", true,
       [options](absl::string_view value) { return SetOutput(value, options); },
       'o'});
  rules.push_back(FlagRule("strings", &options->shows_texts));
  rules.push_back(FlagRule("hide-keys", &options->hides_keys));
  rules.push_back(FlagRule("verbose", &options->heap.says_size));
  return rules;
}

// What no option forbids alone.
absl::Status CheckTogether(const ExportOptions& options) {
  const bool is_snapshot = options.format == ExportFormat::kHeapSnapshot;
  if (is_snapshot && options.has_limits) {
    return absl::InvalidArgumentError(
        "expected --format=heapsnapshot or limits of rows, got both: a heap "
        "snapshot has every object");
  }
  if (!is_snapshot && options.shows_texts) {
    return absl::InvalidArgumentError(
        "expected --format=heapsnapshot with --strings, got another: a profile "
        "has no texts");
  }
  return absl::OkStatus();
}

absl::Status Check(const std::vector<std::string>& words,
                   const ExportOptions& options) {
  if (options.format == ExportFormat::kNone) {
    return absl::InvalidArgumentError(
        absl::StrCat("expected --format=", kFormats, ", got none"));
  }
  absl::Status status = CheckSingleDump(words);
  if (status.ok()) status = CheckTogether(options);
  return status.ok() ? CheckDumps(words, 1) : status;
}

}  // namespace

ParsedWords ParseExportOptions(int argc, char** argv, ExportOptions* options) {
  const std::string help = absl::StrCat(kHelp, kHeapOptionsHelp, kHelpEnd,
                                        kExitStatusHelp, kExample);
  const ProgramText program = {"heapgrind export", help.c_str()};
  ParsedWords parsed = ParseWords(program, Rules(options), argc, argv);
  if (parsed.exit_status.has_value()) return parsed;
  const absl::Status status = Check(parsed.words, *options);
  if (!status.ok()) return UsageError(program, status);
  options->dump = parsed.words[0];
  return parsed;
}

}  // namespace heapgrind
