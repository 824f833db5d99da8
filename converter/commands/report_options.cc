#include "converter/commands/report_options.h"

#include "absl/strings/str_cat.h"

namespace heapgrind {

const char kHeapOptionsHelp[] =
    R"(      --ownership=modules|strict
                          modules (the default): a definition belongs to its
                            module, whoever else refers to it; strict: every
                            reference owns, which tells what would be freed
      --source-prefix=OLD=NEW
                          the source files that were below OLD are below NEW;
                            may be repeated, the first that fits counts
      --threads=N         read with N threads (default: one for each core); the
                            result is the same
      --max-memory=SIZE   say so, and do nothing, if a dump would take more
                            (500M, 2G; default: what this process can get)
      --verbose           say on standard error what is being done
      --help              show this text and exit
      --version           show the version and exit
)";

std::string ReportOptionsHelp() {
  return absl::StrCat(
      "      --json              write JSON, one object a line, instead of "
      "tables\n",
      kHeapOptionsHelp);
}

const char kExitStatusHelp[] = R"(
Exit status: 0 done, 1 the dump or the machine is at fault, 2 the command line is.
)";

std::vector<OptionRule> ReportRules(ReportOptions* options) {
  std::vector<OptionRule> rules = HeapRules(&options->heap);
  rules.insert(rules.begin(), {FlagRule("json", &options->json),
                               FlagRule("verbose", &options->heap.says_size)});
  return rules;
}

ParsedWords ParseDumps(const DumpsCommand& command,
                       const std::vector<OptionRule>& rules, int argc,
                       char** argv, std::vector<std::string>* dumps) {
  const std::string help =
      absl::StrCat(command.help, ReportOptionsHelp(), kExitStatusHelp,
                   "\nExample:\n  ", command.example, "\n");
  const ProgramText program = {command.name, help.c_str()};
  ParsedWords parsed = ParseWords(program, rules, argc, argv);
  if (parsed.exit_status.has_value()) return parsed;
  const absl::Status status = CheckDumps(parsed.words, command.least_dumps);
  if (!status.ok()) return UsageError(program, status);
  *dumps = parsed.words;
  return parsed;
}

}  // namespace heapgrind
