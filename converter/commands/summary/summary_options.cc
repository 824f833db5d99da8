#include "converter/commands/summary/summary_options.h"

namespace heapgrind {
namespace {

constexpr char kHelp[] =
    R"(Usage: heapgrind summary [OPTION]... DUMP...

Says in a sentence what holds most of the heap in each DUMP, then what the heap
consists of: by type, by package, its strings and those that are there several
times, its largest objects, and what of the process that is. With DUMP -, reads
standard input. Bytes are exact in a pipe or a file.

      --top=N             at most N rows of each table (default 20); a row
                            "others" has the rest
      --sort=bytes|objects|largest|retained|name
                          which rows come first (default bytes); the largest
                            objects are those that retain most with retained,
                            those with most bytes of their own with the others
      --type=GLOB         count only objects of the types that match GLOB, such
                            as 'dict' or 'app.*'
)";

absl::Status SetSort(absl::string_view value, SortColumn* sort) {
  constexpr std::pair<absl::string_view, SortColumn> kColumns[] = {
      {"bytes", SortColumn::kBytes},
      {"objects", SortColumn::kObjects},
      {"largest", SortColumn::kLargest},
      {"retained", SortColumn::kRetained},
      {"name", SortColumn::kName}};
  for (const auto& [name, column] : kColumns) {
    if (value != name) continue;
    *sort = column;
    return absl::OkStatus();
  }
  return ExpectedOption("bytes, objects, largest, retained or name in --sort",
                        value);
}

std::vector<OptionRule> Rules(SummaryOptions* options) {
  std::vector<OptionRule> rules = ReportRules(&options->report);
  rules.push_back(TopRule(&options->num_rows));
  rules.push_back({"sort", true, [options](absl::string_view value) {
                     return SetSort(value, &options->sort);
                   }});
  rules.push_back(TypeRule(&options->type_pattern));
  return rules;
}

}  // namespace

ParsedWords ParseSummaryOptions(int argc, char** argv,
                                SummaryOptions* options) {
  constexpr DumpsCommand kCommand = {
      "heapgrind summary", kHelp,
      "heapgrind summary --top=5 --sort=retained dump.json", 1};
  return ParseDumps(kCommand, Rules(options), argc, argv, &options->dumps);
}

}  // namespace heapgrind
