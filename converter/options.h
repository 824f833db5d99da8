// The command line of memdump2callgrind.

#ifndef HEAPGRIND_CONVERTER_OPTIONS_H_
#define HEAPGRIND_CONVERTER_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string>

namespace heapgrind {

enum class GraphForm { kPath, kType };

enum class OwnershipRules { kModules, kStrict };

struct Options {
  std::string dump;           // Path; "-" is standard input.
  std::string output;         // Pattern (output_path.h); "" is standard output.
  double min_percent = 0.01;  // Of the heap's bytes; 0 to 100.
  uint64_t max_functions = 20000;  // At least 1.
  GraphForm by = GraphForm::kPath;
  OwnershipRules ownership = OwnershipRules::kModules;
};

// What a command line asks for: either to work with `options`, or to write a
// text and exit.
struct CommandLine {
  Options options;
  std::optional<int> exit_status;  // Set if there is nothing more to do.
  std::string standard_output;     // Of --help and --version.
  std::string standard_error;      // Of a wrong command line.
};

// Reads the command line.  GNU-style: long options may be shortened, options
// may follow the dump, `--` ends them.  A wrong one exits with status 2, --help
// and
// --version with 0.  Not for two threads at once, as getopt_long is not.
CommandLine ParseCommandLine(int argc, char** argv);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OPTIONS_H_
