#include "converter/commands/series/series_options.h"

#include <utility>

#include "absl/status/status.h"
#include "converter/cli/option_rules.h"

namespace heapgrind {
namespace {

constexpr char kHelp[] =
    R"(Usage: heapgrind series [OPTION]... DUMP DUMP...

Says what grows over several dumps, and how fast: a row for each type, a column
for each dump, in the order of the times when they were taken. What grew most
from the first dump to the last comes first; its growth per hour is - if the
dumps do not say their times, or all say the same. With DUMP -, reads standard
input. Numbers are exact in a pipe or a file.

      --by=type|path|package
                          a row for each type (the default), each place in the
                            program's data, or each package that owns
      --objects           count objects instead of bytes
      --top=N             at most N rows (default 20); a row "others" has the
                            rest
      --type=GLOB         count only objects of the types that match GLOB, such
                            as 'dict' or 'app.*'
  -o, --output=PREFIX     write a profile of each dump for KCachegrind, too, as
                            memdump2callgrind does: PREFIX.1, PREFIX.2, ... in
                            the order of the columns; all of them, or none if
                            one cannot be made
)";

absl::Status SetRows(absl::string_view value, SeriesRows* rows) {
  constexpr std::pair<absl::string_view, SeriesRows> kRows[] = {
      {"type", SeriesRows::kTypes},
      {"path", SeriesRows::kPaths},
      {"package", SeriesRows::kPackages}};
  for (const auto& [name, value_of_name] : kRows) {
    if (value != name) continue;
    *rows = value_of_name;
    return absl::OkStatus();
  }
  return ExpectedOption("type, path or package in --by", value);
}

std::vector<OptionRule> Rules(SeriesOptions* options) {
  std::vector<OptionRule> rules = ReportRules(&options->report);
  rules.push_back({"by", true, [options](absl::string_view value) {
                     return SetRows(value, &options->rows);
                   }});
  rules.push_back(FlagRule("objects", &options->counts_objects));
  rules.push_back(TopRule(&options->num_rows));
  rules.push_back(TypeRule(&options->type_pattern));
  const auto set_prefix = [options](absl::string_view value) {
    if (value.empty() || value == "-" || value.back() == '/') {
      return ExpectedOption("how names of files begin in --output", value);
    }
    options->prefix = std::string(value);
    return absl::OkStatus();
  };
  rules.push_back({"output", true, set_prefix, 'o'});
  return rules;
}

}  // namespace

ParsedWords ParseSeriesOptions(int argc, char** argv, SeriesOptions* options) {
  constexpr DumpsCommand kCommand = {
      "heapgrind series", kHelp,
      "heapgrind series --by=path -o callgrind.out.app monday.json "
      "tuesday.json",
      2};
  return ParseDumps(kCommand, Rules(options), argc, argv, &options->dumps);
}

}  // namespace heapgrind
