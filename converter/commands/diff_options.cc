#include "converter/commands/diff_options.h"

#include "absl/strings/str_cat.h"
#include "converter/shared_options.h"

namespace heapgrind {
namespace {

constexpr char kHelp[] =
    R"(Usage: heapgrind diff [OPTION]... OLD NEW [MORE]...

Says what is different between dumps of one process: objects that are new, gone,
grown or shrunk, by type, by owner and by package. With more than two dumps the
tables compare the first with the last, and another one lists suspected leaks:
objects that the first has not, and all others have, with what holds them.

Two records of one address are of the same object if they have the same type and
the same content: name, qualified name and module of what has them; value and
length of strings, bytes and numbers, as far as both dumps give it; the elements
of tuples and frozensets. Else the address was used again: one object is gone,
another is new.

      --top=N             at most N rows of each table (default 20); a row
                            "others" has the rest
      --exit-code         exit as diff(1) does: 0 nothing is different, 1
                            something is, 2 trouble
)";

std::vector<OptionRule> Rules(DiffOptions* options) {
  std::vector<OptionRule> rules = CommonRules(&options->common);
  rules.push_back({"top", true, [options](absl::string_view value) {
                     return ParseWholeNumber("top", value, 1, UINT64_MAX,
                                             &options->num_rows);
                   }});
  rules.push_back(FlagRule("exit-code", &options->exit_code));
  return rules;
}

}  // namespace

ParsedWords ParseDiffOptions(int argc, char** argv, DiffOptions* options) {
  static const auto* const help = new std::string(
      absl::StrCat(kHelp, kCommonOptionsHelp, kExitStatusHelp,
                   "\nExample:\n  heapgrind diff start.json later.json "
                   "later-still.json\n"));
  const ProgramText program = {"heapgrind diff", help->c_str()};
  ParsedWords parsed = ParseWords(program, Rules(options), argc, argv);
  if (parsed.exit_status.has_value()) return parsed;
  const absl::Status status = CheckDumps(parsed.words, 2);
  if (!status.ok()) return UsageError(program, status);
  options->dumps = parsed.words;
  return parsed;
}

}  // namespace heapgrind
