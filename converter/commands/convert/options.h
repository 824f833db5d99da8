// The command line of memdump2callgrind and `heapgrind merge`.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_CONVERT_OPTIONS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_CONVERT_OPTIONS_H_

#include <optional>
#include <string>
#include <vector>

#include "converter/callgraph/callgrind_writer.h"
#include "converter/commands/conversion.h"
#include "converter/commands/heap_options.h"

namespace heapgrind {

struct Options {
  std::vector<std::string> dumps;  // Paths; "-" is standard input.
  bool sums = false;   // Several dumps are added up, not put side by side.
  std::string base;    // The dump to compare with; "" is none.
  std::string output;  // Pattern (output_path.h); "" is standard output.
  HeapOptions heap;
  ConversionOptions conversion;
  ExtraEvents extra_events;
  bool shows_process = false;
  bool verbose = false;
};

// What a command line asks for: either to work with `options`, or to write a
// text and exit.
struct CommandLine {
  Options options;
  std::optional<int> exit_status;  // Set if there is nothing more to do.
  std::string standard_output;     // Of --help and --version.
  std::string standard_error;      // Of a wrong command line.
};

// Reads the command line of `program_name`.  GNU-style: long options may be
// shortened, options may follow the dumps, `--` ends them.  A wrong one exits
// with status 2, --help and --version with 0.  Not for two threads at once, as
// getopt_long is not.
CommandLine ParseCommandLine(const char* program_name, int argc, char** argv);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_CONVERT_OPTIONS_H_
