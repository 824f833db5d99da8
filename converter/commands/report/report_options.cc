#include "converter/commands/report/report_options.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "converter/cli/option_rules.h"

namespace heapgrind {
namespace {

constexpr char kHelp[] =
    R"(Usage: heapgrind report [OPTION]... DUMP... [-o FILE]
       heapgrind report [OPTION]... REPORT.json [-o FILE]

Writes a report to pass on: sentences that say who holds most, the totals beside
the memory of the process, who owns what, and tables. Of several dumps, the
oldest first, it says what grew, and what came and stayed; all else is about the
last. A report that was written as JSON is rendered again, without the dump.

  -o, --output=FILE       write to FILE (default: standard output)
      --format=html|markdown|json
                          how (default: as FILE's name ends, .html, .md or .json;
                            to standard output, markdown); html is one page for
                            any browser, json is described in
                            docs/report_format.md
      --base=OLD          compare with OLD: the same as OLD before the others
      --top=N             at most N rows of each table of Markdown (default 20)
      --strings           show the texts of duplicate strings; else a report has
                            only their sizes
      --hide-keys         write [*] for keys of dictionaries that are no
                            identifiers; else they are a part of paths
)";

struct Words {
  std::string base;
  std::string format;
};

std::vector<OptionRule> Rules(HeapReportOptions* options, Words* words) {
  std::vector<OptionRule> rules = ReportRules(&options->report);
  const auto text = [](std::string* text) {
    return [text](absl::string_view value) {
      if (value.empty()) return ExpectedOption("a text", value);
      *text = std::string(value);
      return absl::OkStatus();
    };
  };
  rules.push_back({"output", true, text(&options->output), 'o'});
  rules.push_back({"base", true, text(&words->base)});
  rules.push_back({"format", true, text(&words->format)});
  rules.push_back(TopRule(&options->num_rows));
  rules.push_back(FlagRule("strings", &options->shows_strings));
  rules.push_back(FlagRule("hide-keys", &options->hides_keys));
  return rules;
}

absl::Status ChooseFormat(const Words& words, HeapReportOptions* options) {
  if (!words.format.empty()) {
    options->format = FindFormatByName(words.format);
    if (options->format != nullptr) return absl::OkStatus();
    return ExpectedOption("html, markdown or json in --format", words.format);
  }
  if (options->report.json) {
    options->format = FindFormatByName("json");
  } else if (options->output == "-") {
    options->format = &ReportFormats()[0];
  } else {
    options->format = FindFormatOfFile(options->output);
  }
  if (options->format != nullptr) return absl::OkStatus();
  return ExpectedOption("a name that ends in .html, .md or .json, or --format",
                        options->output);
}

}  // namespace

ParsedWords ParseHeapReportOptions(int argc, char** argv,
                                   HeapReportOptions* options) {
  constexpr DumpsCommand kCommand = {
      "heapgrind report", kHelp,
      "heapgrind report monday.json friday.json -o week.html", 1};
  Words words;
  ParsedWords parsed = ParseDumps(kCommand, Rules(options, &words), argc, argv,
                                  &options->inputs);
  if (parsed.exit_status.has_value()) return parsed;
  const ProgramText program = {kCommand.name, kHelp};
  if (!words.base.empty()) {
    options->inputs.insert(options->inputs.begin(), words.base);
    const absl::Status status = CheckDumps(options->inputs, 1);
    if (!status.ok()) return UsageError(program, status);
  }
  const absl::Status status = ChooseFormat(words, options);
  if (!status.ok()) return UsageError(program, status);
  return parsed;
}

}  // namespace heapgrind
