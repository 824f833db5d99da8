#include "converter/commands/common_options.h"

#include <algorithm>
#include <cstdio>

#include "absl/strings/str_cat.h"
#include "converter/shared_options.h"

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
          SourcePrefixRule(&options->source_prefixes),
          OwnershipRule(&options->ownership)};
}

absl::Status CheckDumps(const std::vector<std::string>& words,
                        size_t num_least) {
  if (words.size() < num_least) {
    const std::string expected =
        num_least == 1 ? "a dump" : absl::StrCat(num_least, " dumps");
    const std::string got =
        words.empty() ? "none" : std::to_string(words.size());
    return absl::InvalidArgumentError(
        absl::StrCat("expected ", expected, " to read, got ", got));
  }
  if (std::count(words.begin(), words.end(), "") > 0) {
    return ExpectedOption("a dump to read", "");
  }
  if (std::count(words.begin(), words.end(), "-") > 1) {
    return absl::InvalidArgumentError(
        "expected \"-\", standard input, once, got it again");
  }
  return absl::OkStatus();
}

int Finish(const ParsedWords& parsed) {
  std::fputs(parsed.standard_output.c_str(), stdout);
  std::fputs(parsed.standard_error.c_str(), stderr);
  return parsed.exit_status.value_or(0);
}

void Say(absl::string_view program, absl::string_view text) {
  const std::string line = absl::StrCat(program, ": ", text, "\n");
  std::fwrite(line.data(), 1, line.size(), stderr);
}

int ExitStatus(absl::string_view program, const absl::Status& status) {
  if (status.ok()) return 0;
  Say(program, status.message());
  return 1;
}

}  // namespace heapgrind
