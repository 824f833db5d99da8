// The options that all commands that report on dumps have.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_REPORT_OPTIONS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_REPORT_OPTIONS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "converter/cli/exit_status.h"
#include "converter/cli/option_parser.h"
#include "converter/cli/option_rules.h"
#include "converter/commands/heap_options.h"

namespace heapgrind {

struct ReportOptions {
  bool json = false;
  HeapOptions heap;  // --verbose: its says_size.
};

// The rules that set them: --json, --verbose, and HeapRules.
std::vector<OptionRule> ReportRules(ReportOptions* options);

// What --help says of HeapRules, --verbose, --help and --version.
extern const char kHeapOptionsHelp[];

// What it says of these, and of --json.
std::string ReportOptionsHelp();

// What --help says of the exit status.
extern const char kExitStatusHelp[];

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

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_REPORT_OPTIONS_H_
