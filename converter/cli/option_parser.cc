#include "converter/cli/option_parser.h"

#include <getopt.h>

#include <cstdio>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "converter/base/version.h"
#include "converter/cli/closest_name.h"
#include "converter/cli/messages.h"

namespace heapgrind {
namespace {

// An option's code is kFirstRule and its place in the table, so that it is no
// letter.
constexpr int kFirstRule = 256;

// The rules as getopt_long takes them, and two more.
struct GetoptTables {
  std::string letters = ":";
  std::vector<option> options;
  int show_help;
  int show_version;
};

GetoptTables MakeTables(const std::vector<OptionRule>& rules) {
  GetoptTables tables;
  int code = kFirstRule;
  for (const OptionRule& rule : rules) {
    const int argument = rule.takes_value ? required_argument : no_argument;
    tables.options.push_back({rule.name, argument, nullptr, code++});
    if (rule.letter == 0) continue;
    absl::StrAppend(&tables.letters, std::string(1, rule.letter),
                    rule.takes_value ? ":" : "");
  }
  tables.show_help = code++;
  tables.show_version = code++;
  tables.options.push_back({"help", no_argument, nullptr, tables.show_help});
  tables.options.push_back(
      {"version", no_argument, nullptr, tables.show_version});
  tables.options.push_back({nullptr, 0, nullptr, 0});
  return tables;
}

// What getopt_long has stopped at, as the user wrote it.
std::string WrongOption(char** argv) {
  const absl::string_view word = argv[optind - 1];
  const bool is_short = optopt > 0 && optopt < 256 && word.substr(0, 2) != "--";
  return is_short ? absl::StrCat("-", std::string(1, static_cast<char>(optopt)))
                  : std::string(word);
}

// The hint is what the user may have meant, if one can tell.
absl::Status UnknownOption(const std::vector<OptionRule>& rules,
                           const std::string& word) {
  std::vector<std::string> names = {"--help", "--version"};
  for (const OptionRule& rule : rules) {
    names.push_back(absl::StrCat("--", rule.name));
  }
  const std::string closest =
      ClosestName(word.substr(0, word.find('=')), names);
  const absl::Status status = ExpectedOption("an option", word);
  if (closest.empty() || word.size() < 4) return status;
  return absl::Status(status.code(),
                      absl::StrCat(status.message(), kBeforeHint,
                                   "did you mean ", closest, "?"));
}

absl::Status SetOption(const std::vector<OptionRule>& rules, int code,
                       char** argv) {
  const absl::string_view value = optarg == nullptr ? "" : optarg;
  if (code >= kFirstRule) return rules[code - kFirstRule].set(value);
  if (code == ':') {
    return absl::InvalidArgumentError(absl::StrCat(
        "expected a value after ", WrongOption(argv), ", got none"));
  }
  for (const OptionRule& rule : rules) {
    if (rule.letter != 0 && rule.letter == code) return rule.set(value);
  }
  return UnknownOption(rules, WrongOption(argv));
}

ParsedWords Exit(std::string standard_output) {
  ParsedWords parsed;
  parsed.exit_status = 0;
  parsed.standard_output = std::move(standard_output);
  return parsed;
}

}  // namespace

ParsedWords ParseWords(const ProgramText& program,
                       const std::vector<OptionRule>& rules, int argc,
                       char** argv) {
  const GetoptTables tables = MakeTables(rules);
  opterr = 0;
  optind = 0;  // GNU: starts over, whatever was parsed before.
  for (;;) {
    const int code = getopt_long(argc, argv, tables.letters.c_str(),
                                 tables.options.data(), nullptr);
    if (code == -1) break;
    if (code == tables.show_help) return Exit(program.help);
    if (code == tables.show_version) {
      return Exit(absl::StrCat(program.name, " ", kVersion, "\n"));
    }
    const absl::Status status = SetOption(rules, code, argv);
    if (!status.ok()) return UsageError(program, status);
  }
  ParsedWords parsed;
  parsed.words.assign(argv + optind, argv + argc);
  return parsed;
}

ParsedWords UsageError(const ProgramText& program, const absl::Status& status) {
  ParsedWords parsed;
  parsed.exit_status = 2;
  const bool has_hint = absl::StrContains(status.message(), kBeforeHint);
  parsed.standard_error = absl::StrCat(
      program.name, ": ", MessageText(program.name, status.message()),
      has_hint ? ""
               : absl::StrCat(kBeforeHint, "try ", program.name, " --help"),
      "\n");
  return parsed;
}

absl::Status ExpectedOption(absl::string_view expected, absl::string_view got) {
  return absl::InvalidArgumentError(
      absl::StrCat("expected ", expected, ", got \"", got, "\""));
}

absl::Status ParseWholeNumber(absl::string_view name, absl::string_view value,
                              uint64_t least, uint64_t most, uint64_t* number) {
  uint64_t parsed;
  if (absl::SimpleAtoi(value, &parsed) && parsed >= least && parsed <= most) {
    *number = parsed;
    return absl::OkStatus();
  }
  const std::string range = most == UINT64_MAX
                                ? absl::StrCat("from ", least)
                                : absl::StrCat("from ", least, " to ", most);
  return ExpectedOption(absl::StrCat("a whole number ", range, " in --", name),
                        value);
}

int Finish(const ParsedWords& parsed) {
  std::fputs(parsed.standard_output.c_str(), stdout);
  std::fputs(parsed.standard_error.c_str(), stderr);
  return parsed.exit_status.value_or(0);
}

}  // namespace heapgrind
