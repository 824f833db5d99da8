#include "converter/commands/strip/strip_options.h"

#include "absl/status/status.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "converter/cli/option_rules.h"
#include "converter/commands/report_options.h"

namespace heapgrind {
namespace {

constexpr char kHelp[] =
    R"(Usage: heapgrind strip [OPTION]... DUMP

Writes a smaller dump: the heap dump DUMP, which heapgrind or Meliae wrote,
plain or compressed with gzip or zstd, without objects that it has twice and
without what the options say. With DUMP -, reads standard input. The objects'
records stay in their order, and as they are written where nothing changes.

  -o, --output=FILE       write FILE, whole or not at all, instead of standard
                            output (-: standard output, even if it is a
                            terminal); compressed if its name ends in .gz or .zst
      --values=none|N     keep no value of strings and numbers, or N characters
                            of each string (5 or more), except where names are
                            made of them: keys of dictionaries, what is called
                            __like_this__, values of up to 4 bytes. The profile
                            stays the same
      --max-refs=N        at most N references without names in a record: keys
                            and values of a dictionary count two for each pair,
                            references with names do not count; what is left out
                            is counted in the record, as the scanner does it
      --drop-type=GLOB    leave out objects whose type's name fits GLOB (*, ?,
                            [...]); may be repeated. References to them stay,
                            and lead nowhere
      --json              write what was left out as JSON to standard output
                            (with --output)
      --verbose           say on standard error what was left out
      --help              show this text and exit
      --version           show the version and exit

The dump is read three times with --values, else once; standard input is then
copied to a temporary file ($TMPDIR). Memory grows by three bits, else one, for
each 16 bytes of the dumped heap, whatever the dump's size.
)";

// Shorter ones would look like the short values that names are made of.
constexpr uint64_t kFewestCharacters = 5;

absl::Status SetValues(absl::string_view value, StripRules* rules) {
  if (value == "none") {
    rules->values = ValueLimit::kDrop;
    return absl::OkStatus();
  }
  const bool is_number = absl::SimpleAtoi(value, &rules->num_characters);
  if (!is_number || rules->num_characters < kFewestCharacters) {
    return ExpectedOption(absl::StrCat("none or a whole number from ",
                                       kFewestCharacters, " in --values"),
                          value);
  }
  rules->values = ValueLimit::kCut;
  return absl::OkStatus();
}

absl::Status SetText(absl::string_view what, absl::string_view value,
                     std::string* text) {
  if (value.empty()) return ExpectedOption(what, value);
  *text = std::string(value);
  return absl::OkStatus();
}

absl::Status AddDroppedType(absl::string_view value, StripRules* rules) {
  rules->dropped_types.emplace_back();
  return SetText("a type in --drop-type", value, &rules->dropped_types.back());
}

std::vector<OptionRule> Rules(StripOptions* options) {
  StripRules* const rules = &options->rules;
  return {
      {"output", true,
       [options](absl::string_view value) {
         return SetText("a file in --output", value, &options->output);
       },
       'o'},
      {"values", true,
       [rules](absl::string_view value) { return SetValues(value, rules); }},
      {"max-refs", true,
       [rules](absl::string_view value) {
         return ParseWholeNumber("max-refs", value, 1, UINT64_MAX,
                                 &rules->max_references);
       }},
      {"drop-type", true,
       [rules](absl::string_view value) {
         return AddDroppedType(value, rules);
       }},
      FlagRule("json", &options->json),
      FlagRule("verbose", &options->verbose),
  };
}

absl::Status Check(const std::vector<std::string>& words,
                   const StripOptions& options) {
  const absl::Status single = CheckSingleDump(words);
  if (!single.ok()) return single;
  if (options.json && (options.output.empty() || options.output == "-")) {
    return absl::InvalidArgumentError(
        "expected --output with --json, got none: standard output can hold one "
        "of the two");
  }
  return CheckDumps(words, 1);
}

}  // namespace

ParsedWords ParseStripOptions(int argc, char** argv, StripOptions* options) {
  const ProgramText program = {"heapgrind strip", kHelp};
  ParsedWords parsed = ParseWords(program, Rules(options), argc, argv);
  if (parsed.exit_status.has_value()) return parsed;
  const absl::Status status = Check(parsed.words, *options);
  if (!status.ok()) return UsageError(program, status);
  options->dump = parsed.words[0];
  return parsed;
}

}  // namespace heapgrind
