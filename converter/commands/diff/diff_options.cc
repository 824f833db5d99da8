#include "converter/commands/diff/diff_options.h"

#include "converter/cli/option_rules.h"

namespace heapgrind {
namespace {

constexpr char kHelp[] =
    R"(Usage: heapgrind diff [OPTION]... OLD NEW [MORE]...

Says in a sentence what grew between dumps of one process (with more than two:
what came and stayed), then what is different between them: objects that are new, gone,
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
  std::vector<OptionRule> rules = ReportRules(&options->report);
  rules.push_back(TopRule(&options->num_rows));
  rules.push_back(FlagRule("exit-code", &options->exit_code));
  return rules;
}

}  // namespace

ParsedWords ParseDiffOptions(int argc, char** argv, DiffOptions* options) {
  constexpr DumpsCommand kCommand = {
      "heapgrind diff", kHelp,
      "heapgrind diff start.json later.json later-still.json", 2};
  return ParseDumps(kCommand, Rules(options), argc, argv, &options->dumps);
}

}  // namespace heapgrind
