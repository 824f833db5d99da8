#include "converter/commands/common_options.h"

#include <cstdio>

#include "absl/strings/str_cat.h"
#include "converter/say.h"

namespace heapgrind {

const char kCommonOptionsHelp[] =
    R"(      --json              write JSON, one object a line, instead of tables
      --ownership=modules|strict
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

const char kExitStatusHelp[] = R"(
Exit status: 0 done, 1 the dump or the machine is at fault, 2 the command line is.
)";

std::vector<OptionRule> CommonRules(CommonOptions* options) {
  return {FlagRule("json", &options->json),
          FlagRule("verbose", &options->verbose),
          ThreadsRule(&options->num_threads),
          MaxMemoryRule(&options->max_memory),
          SourcePrefixRule(&options->source_prefixes),
          OwnershipRule(&options->ownership)};
}

int Finish(const ParsedWords& parsed) {
  std::fputs(parsed.standard_output.c_str(), stdout);
  std::fputs(parsed.standard_error.c_str(), stderr);
  return parsed.exit_status.value_or(0);
}

int ExitStatus(absl::string_view program, const absl::Status& status) {
  if (status.ok()) return 0;
  Say(program, status.message());
  return 1;
}

}  // namespace heapgrind
