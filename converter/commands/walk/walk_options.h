// The command line of heapgrind walk.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_WALK_WALK_OPTIONS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_WALK_WALK_OPTIONS_H_

#include <optional>
#include <string>

#include "converter/cli/option_parser.h"
#include "converter/commands/report_options.h"

namespace heapgrind {

struct WalkOptions {
  std::string dump;                     // "-" is standard input.
  std::optional<std::string> commands;  // Of -c.
  ReportOptions report;
};

// Reads the command line into `options`; what is left of it says whether there
// is more to do.
ParsedWords ParseWalkOptions(int argc, char** argv, WalkOptions* options);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_WALK_WALK_OPTIONS_H_
