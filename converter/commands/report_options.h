// What the commands that read dumps have in common on their command lines.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_REPORT_OPTIONS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_REPORT_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "converter/cli/exit_status.h"
#include "converter/cli/option_parser.h"
#include "converter/cli/option_rules.h"
#include "converter/commands/heap_options.h"

namespace heapgrind {

struct CommonOptions {
  bool json = false;
  HeapOptions heap;  // --verbose: its says_size.
};

// The rules that set them: --json, --verbose, and HeapRules.
std::vector<OptionRule> CommonRules(CommonOptions* options);

// What --help says of them.
extern const char kCommonOptionsHelp[];

// What --help says of the exit status.
extern const char kExitStatusHelp[];

// --top=N, from 1, and --type=GLOB, which is not empty.
OptionRule TopRule(uint64_t* num_rows);
OptionRule TypeRule(std::string* type_pattern);

// A command whose words are dumps.
struct DumpsCommand {
  const char* name;     // "heapgrind diff".
  const char* help;     // What --help prints before the common options.
  const char* example;  // One line, without its line feed.
  size_t least_dumps;
};

// Reads its command line; `dumps` gets the paths.
ParsedWords ParseDumps(const DumpsCommand& command,
                       const std::vector<OptionRule>& rules, int argc,
                       char** argv, std::vector<std::string>* dumps);

// Writes the texts of a command line that has nothing more to do; its exit
// status.
int Finish(const ParsedWords& parsed);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_REPORT_OPTIONS_H_
