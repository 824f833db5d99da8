#include "converter/options.h"

#include <getopt.h>

#include <iterator>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "converter/options_help.h"
#include "converter/output_path.h"
#include "converter/version.h"

namespace heapgrind {
namespace {

absl::Status Expected(absl::string_view expected, absl::string_view got) {
  return absl::InvalidArgumentError(
      absl::StrCat("expected ", expected, ", got \"", got, "\""));
}

absl::Status SetBy(absl::string_view value, Options* options) {
  Granularity& granularity = options->conversion.granularity;
  if (value == "path") {
    granularity = Granularity::kPath;
  } else if (value == "type") {
    granularity = Granularity::kType;
  } else if (value == "object") {
    granularity = Granularity::kObject;
  } else {
    return Expected("path, type or object in --by", value);
  }
  return absl::OkStatus();
}

absl::Status SetTop(absl::string_view value, Options* options) {
  uint64_t number;
  if (!absl::SimpleAtoi(value, &number) || number == 0) {
    return Expected("a whole number from 1 in --top", value);
  }
  options->conversion.num_single_objects = number;
  return absl::OkStatus();
}

absl::Status SetFocus(absl::string_view value, Options* options) {
  if (value.empty()) return Expected("a text in --focus", value);
  options->conversion.focus = std::string(value);
  return absl::OkStatus();
}

absl::Status SetEvents(absl::string_view value, Options* options) {
  for (const absl::string_view event : absl::StrSplit(value, ',')) {
    if (event == "gc") {
      options->extra_events.gc_bytes = true;
    } else if (event == "slack") {
      options->extra_events.slack = true;
    } else {
      return Expected("gc or slack in --events", event);
    }
  }
  return absl::OkStatus();
}

absl::Status AddSourcePrefix(absl::string_view value, Options* options) {
  const size_t equals = value.find('=');
  if (equals == 0 || equals == absl::string_view::npos) {
    return Expected("OLD=NEW in --source-prefix", value);
  }
  options->conversion.source_prefixes.emplace_back(value.substr(0, equals),
                                                   value.substr(equals + 1));
  return absl::OkStatus();
}

absl::Status SetOwnership(absl::string_view value, Options* options) {
  if (value != "modules" && value != "strict") {
    return Expected("modules or strict in --ownership", value);
  }
  options->conversion.ownership =
      value == "modules" ? OwnershipRules::kModules : OwnershipRules::kStrict;
  return absl::OkStatus();
}

absl::Status SetMinPercent(absl::string_view value, Options* options) {
  double percent;
  // Also false for what is not a number.
  const bool is_percent =
      absl::SimpleAtod(value, &percent) && percent >= 0 && percent <= 100;
  if (!is_percent) {
    return Expected("a number from 0 to 100 in --min-percent", value);
  }
  options->conversion.limits.min_percent = percent;
  return absl::OkStatus();
}

absl::Status SetMaxFunctions(absl::string_view value, Options* options) {
  uint64_t number;
  if (!absl::SimpleAtoi(value, &number) || number < 2) {
    return Expected("a whole number from 2 in --max-functions", value);
  }
  options->conversion.limits.max_functions = number;
  return absl::OkStatus();
}

absl::Status SetOutput(absl::string_view value, Options* options) {
  if (value.empty()) return Expected("a file in --output", value);
  options->output = std::string(value);
  return CheckOutputPattern(value);
}

// What getopt_long has stopped at, as the user wrote it.
std::string WrongOption(char** argv) {
  const absl::string_view word = argv[optind - 1];
  const bool is_short = optopt > 0 && optopt < 256 && word.substr(0, 2) != "--";
  return is_short ? absl::StrCat("-", std::string(1, static_cast<char>(optopt)))
                  : std::string(word);
}

absl::Status SetThreads(absl::string_view value, Options* options) {
  uint64_t number;
  if (!absl::SimpleAtoi(value, &number) || number == 0 || number > 1024) {
    return Expected("a whole number from 1 to 1024 in --threads", value);
  }
  options->num_threads = number;
  return absl::OkStatus();
}

absl::Status SetAscii(absl::string_view, Options* options) {
  options->conversion.ascii_names = true;
  return absl::OkStatus();
}

absl::Status SetProcess(absl::string_view, Options* options) {
  options->shows_process = true;
  return absl::OkStatus();
}

absl::Status SetVerbose(absl::string_view, Options* options) {
  options->verbose = true;
  return absl::OkStatus();
}

struct OptionRule {
  const char* name;
  bool takes_value;
  absl::Status (*set)(absl::string_view value, Options* options);
};

// An option's code is kFirstRule and its place in this table.
constexpr int kFirstRule = 256;
constexpr OptionRule kRules[] = {
    {"output", true, SetOutput},
    {"by", true, SetBy},
    {"top", true, SetTop},
    {"focus", true, SetFocus},
    {"ownership", true, SetOwnership},
    {"min-percent", true, SetMinPercent},
    {"max-functions", true, SetMaxFunctions},
    {"events", true, SetEvents},
    {"process", false, SetProcess},
    {"source-prefix", true, AddSourcePrefix},
    {"threads", true, SetThreads},
    {"ascii", false, SetAscii},
    {"verbose", false, SetVerbose},
};
constexpr int kShowHelp = kFirstRule + std::size(kRules);
constexpr int kShowVersion = kShowHelp + 1;

std::vector<option> LongOptions() {
  std::vector<option> options;
  int code = kFirstRule;
  for (const OptionRule& rule : kRules) {
    options.push_back({rule.name,
                       rule.takes_value ? required_argument : no_argument,
                       nullptr, code++});
  }
  options.push_back({"help", no_argument, nullptr, kShowHelp});
  options.push_back({"version", no_argument, nullptr, kShowVersion});
  options.push_back({nullptr, 0, nullptr, 0});
  return options;
}

absl::Status SetOption(int code, char** argv, Options* options) {
  const absl::string_view value = optarg == nullptr ? "" : optarg;
  if (code == 'o') return SetOutput(value, options);
  if (code >= kFirstRule) return kRules[code - kFirstRule].set(value, options);
  if (code != ':') return Expected("an option", WrongOption(argv));
  return absl::InvalidArgumentError(
      absl::StrCat("expected a value after ", WrongOption(argv), ", got none"));
}

// What no option forbids alone.
absl::Status CheckTogether(const Options& options) {
  if (options.shows_process && !options.conversion.focus.empty()) {
    return absl::InvalidArgumentError(
        "expected --process or --focus, got both: the one shows the whole "
        "process, the other a part of its objects");
  }
  return absl::OkStatus();
}

absl::Status SetDump(int num_words, char** words, Options* options) {
  if (num_words == 0) {
    return absl::InvalidArgumentError("expected a dump to read, got none");
  }
  if (num_words > 1)
    return Expected("one dump", absl::StrCat(words[0], "\" and \"", words[1]));
  if (words[0][0] == '\0') return Expected("a dump to read", "");
  options->dump = words[0];
  return absl::OkStatus();
}

CommandLine Exit(std::string standard_output) {
  CommandLine command_line;
  command_line.exit_status = 0;
  command_line.standard_output = std::move(standard_output);
  return command_line;
}

CommandLine UsageError(const absl::Status& status) {
  CommandLine command_line;
  command_line.exit_status = 2;
  command_line.standard_error =
      absl::StrCat("memdump2callgrind: ", status.message(),
                   "\nhint: try memdump2callgrind --help\n");
  return command_line;
}

}  // namespace

CommandLine ParseCommandLine(int argc, char** argv) {
  CommandLine command_line;
  absl::Status status;
  opterr = 0;
  optind = 0;  // GNU: starts over, whatever was parsed before.
  const std::vector<option> long_options = LongOptions();
  for (;;) {
    const int code =
        getopt_long(argc, argv, ":o:", long_options.data(), nullptr);
    if (code == -1) break;
    if (code == kShowHelp) return Exit(kOptionsHelp);
    if (code == kShowVersion) {
      return Exit(absl::StrCat("memdump2callgrind ", kVersion, "\n"));
    }
    status = SetOption(code, argv, &command_line.options);
    if (!status.ok()) return UsageError(status);
  }
  status = SetDump(argc - optind, argv + optind, &command_line.options);
  if (status.ok()) status = CheckTogether(command_line.options);
  return status.ok() ? command_line : UsageError(status);
}

}  // namespace heapgrind
