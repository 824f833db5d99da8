#include "converter/commands/convert/options.h"

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "converter/cli/option_parser.h"
#include "converter/cli/option_rules.h"
#include "converter/commands/convert/options_help.h"
#include "converter/commands/convert/output_path.h"
#include "converter/commands/prune_rules.h"

namespace heapgrind {
namespace {

absl::Status SetBy(absl::string_view value, Options* options) {
  Granularity& granularity = options->conversion.granularity;
  if (value == "path") {
    granularity = Granularity::kPath;
  } else if (value == "type") {
    granularity = Granularity::kType;
  } else if (value == "object") {
    granularity = Granularity::kObject;
  } else if (value == "site") {
    granularity = Granularity::kSite;
  } else {
    return ExpectedOption("path, type, object or site in --by", value);
  }
  return absl::OkStatus();
}

absl::Status SetTop(absl::string_view value, Options* options) {
  return ParseWholeNumber("top", value, 1, UINT64_MAX,
                          &options->conversion.num_single_objects);
}

absl::Status SetBase(absl::string_view value, Options* options) {
  if (value.empty()) return ExpectedOption("a dump in --base", value);
  options->base = std::string(value);
  return absl::OkStatus();
}

absl::Status SetFocus(absl::string_view value, Options* options) {
  if (value.empty()) return ExpectedOption("a text in --focus", value);
  options->conversion.focus = std::string(value);
  return absl::OkStatus();
}

absl::Status SetEvents(absl::string_view value, Options* options) {
  for (const absl::string_view event : absl::StrSplit(value, ',')) {
    if (event == "gc") {
      options->extra_events.gc_bytes = true;
    } else if (event == "slack") {
      options->extra_events.slack = true;
    } else if (event == "virtual") {
      options->extra_events.virtual_bytes = true;
    } else if (event == "native") {
      options->extra_events.native_bytes = true;
    } else {
      return ExpectedOption("gc, slack, virtual or native in --events", event);
    }
  }
  return absl::OkStatus();
}

absl::Status SetOutput(absl::string_view value, Options* options) {
  if (value.empty()) return ExpectedOption("a file in --output", value);
  options->output = std::string(value);
  return CheckOutputPattern(value);
}

absl::Status SetAscii(absl::string_view, Options* options) {
  options->conversion.ascii_names = true;
  return absl::OkStatus();
}

absl::Status SetMerge(absl::string_view value, Options* options) {
  if (value != "side" && value != "sum") {
    return ExpectedOption("side or sum in --merge", value);
  }
  options->sums = value == "sum";
  return absl::OkStatus();
}

absl::Status SetProcess(absl::string_view, Options* options) {
  options->shows_process = true;
  return absl::OkStatus();
}

// Rules whose setters take the options as a whole.
struct ConversionRule {
  const char* name;
  bool takes_value;
  absl::Status (*set)(absl::string_view value, Options* options);
  char letter = 0;
};

constexpr ConversionRule kRules[] = {
    {"output", true, SetOutput, 'o'},
    {"by", true, SetBy},
    {"top", true, SetTop},
    {"focus", true, SetFocus},
    {"base", true, SetBase},
    {"merge", true, SetMerge},
    {"events", true, SetEvents},
    {"process", false, SetProcess},
    {"ascii", false, SetAscii},
};

std::vector<OptionRule> Rules(Options* options) {
  std::vector<OptionRule> rules;
  for (const ConversionRule& rule : kRules) {
    const auto set = [&rule, options](absl::string_view value) {
      return rule.set(value, options);
    };
    rules.push_back({rule.name, rule.takes_value, set, rule.letter});
  }
  for (auto& more :
       {PruneRules(&options->conversion.limits), HeapRules(&options->heap)}) {
    rules.insert(rules.end(), more.begin(), more.end());
  }
  rules.push_back(FlagRule("verbose", &options->verbose));
  return rules;
}

// --base compares what each row costs, and has events of its own.
absl::Status CheckBase(const Options& options) {
  const bool has_events = options.extra_events.any();
  const char* const other = options.conversion.granularity != Granularity::kPath
                                ? "--by"
                            : !options.conversion.focus.empty() ? "--focus"
                            : options.shows_process             ? "--process"
                            : has_events                        ? "--events"
                                                                : nullptr;
  if (other != nullptr) {
    return absl::InvalidArgumentError(
        absl::StrCat("expected --base or ", other,
                     ", got both: two heaps are compared by path and bytes"));
  }
  if (options.dumps.size() > 1) {
    return absl::InvalidArgumentError(absl::StrCat(
        "expected one dump with --base, got ", options.dumps.size()));
  }
  return CheckDumps({options.base, options.dumps[0]}, 2);
}

// Dumps are added up path by path.
absl::Status CheckSum(const Options& options) {
  const bool is_by_path = options.conversion.granularity == Granularity::kPath;
  if (is_by_path && options.conversion.focus.empty()) return absl::OkStatus();
  return absl::InvalidArgumentError(
      absl::StrCat("expected --merge=sum or ", is_by_path ? "--focus" : "--by",
                   ", got both: heaps are added up by path, and whole"));
}

// What no option forbids alone.
absl::Status CheckTogether(const Options& options) {
  if (options.sums) {
    if (absl::Status status = CheckSum(options); !status.ok()) return status;
  }
  if (!options.base.empty()) return CheckBase(options);
  if (options.shows_process && !options.conversion.focus.empty()) {
    return absl::InvalidArgumentError(
        "expected --process or --focus, got both: the one shows the whole "
        "process, the other a part of its objects");
  }
  return absl::OkStatus();
}

CommandLine Exit(const ParsedWords& parsed) {
  return {
      {}, parsed.exit_status, parsed.standard_output, parsed.standard_error};
}

}  // namespace

CommandLine ParseCommandLine(const char* program_name, int argc, char** argv) {
  const ProgramText program = {program_name, kOptionsHelp};
  CommandLine command_line;
  const ParsedWords parsed =
      ParseWords(program, Rules(&command_line.options), argc, argv);
  if (parsed.exit_status.has_value()) return Exit(parsed);
  command_line.options.dumps = parsed.words;
  absl::Status status = CheckDumps(parsed.words, 1);
  if (status.ok()) status = CheckTogether(command_line.options);
  return status.ok() ? command_line : Exit(UsageError(program, status));
}

}  // namespace heapgrind
