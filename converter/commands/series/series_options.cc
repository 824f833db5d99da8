#include "converter/commands/series/series_options.h"

#include <utility>

#include "absl/status/status.h"
#include "converter/cli/option_rules.h"

namespace heapgrind {
namespace {

constexpr char kHelp[] =
    R"(Usage: heapgrind series [OPTION]... DUMP DUMP...
       heapgrind series --format=openmetrics [OPTION]... DUMP...

Says what grows over several dumps, and how fast: in sentences, if the dumps are
given oldest first, and in a table. It has a row for each type, a column
for each dump, in the order of the times when they were taken. What grew most
from the first dump to the last comes first; its growth per hour is - if the
dumps do not say their times, or all say the same. With three dumps or more of
one process, oldest first, "Stayed" is what came after the first and is in all
others. With DUMP -, reads standard input. Numbers are exact in a pipe or a file.

      --by=type|path|package|owner
                          a row for each type (the default), each place in the
                            program's data, each package that owns, or each
                            variable, module and thread that owns
      --format=text|json|openmetrics
                          what to write: a table (the default), JSON, or numbers
                            for monitoring, by owner unless --by is given; of
                            these one DUMP is enough
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

constexpr std::pair<absl::string_view, SeriesRows> kRows[] = {
    {"type", SeriesRows::kTypes},
    {"path", SeriesRows::kPaths},
    {"package", SeriesRows::kPackages},
    {"owner", SeriesRows::kOwners}};

constexpr std::pair<absl::string_view, SeriesFormat> kFormats[] = {
    {"text", SeriesFormat::kText},
    {"json", SeriesFormat::kJson},
    {"openmetrics", SeriesFormat::kMetrics}};

// Sets `value` to what the table has for `text`; `expected` says what that is.
template <typename Value, size_t kCount>
absl::Status Set(const std::pair<absl::string_view, Value> (&table)[kCount],
                 absl::string_view text, const char* expected, Value* value) {
  for (const auto& [name, value_of_name] : table) {
    if (text != name) continue;
    *value = value_of_name;
    return absl::OkStatus();
  }
  return ExpectedOption(expected, text);
}

std::vector<OptionRule> Rules(SeriesOptions* options) {
  std::vector<OptionRule> rules = ReportRules(&options->report);
  rules.push_back({"by", true, [options](absl::string_view value) {
                     options->has_rows = true;
                     return Set(kRows, value,
                                "type, path, package or owner in --by",
                                &options->rows);
                   }});
  rules.push_back({"format", true, [options](absl::string_view value) {
                     return Set(kFormats, value,
                                "text, json or openmetrics in --format",
                                &options->format);
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
      0};
  ParsedWords parsed =
      ParseDumps(kCommand, Rules(options), argc, argv, &options->dumps);
  if (parsed.exit_status.has_value()) return parsed;
  if (options->report.json) options->format = SeriesFormat::kJson;
  const bool is_for_monitoring = options->format == SeriesFormat::kMetrics;
  if (is_for_monitoring && !options->has_rows) {
    options->rows = SeriesRows::kOwners;
  }
  const absl::Status status =
      CheckDumps(options->dumps, is_for_monitoring ? 1 : 2);
  return status.ok() ? parsed : UsageError({"heapgrind series", kHelp}, status);
}

}  // namespace heapgrind
