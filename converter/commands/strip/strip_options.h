// The command line of heapgrind strip.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_STRIP_STRIP_OPTIONS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_STRIP_STRIP_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/option_parser.h"

namespace heapgrind {

// How values are shortened that no name is made of.
enum class ValueLimit { kNone, kCut, kDrop };

// What becomes of the records.
struct StripRules {
  ValueLimit values = ValueLimit::kNone;
  uint64_t num_characters = 0;             // With kCut: how many stay.
  uint64_t max_references = 0;             // 0: all stay.
  std::vector<std::string> dropped_types;  // Patterns, as fnmatch(3) has them.
};

struct StripOptions {
  std::string dump;          // "-" is standard input.
  std::string output;        // "" and "-" are standard output.
  StripRules rules;
  bool json = false;
  bool verbose = false;
};

// Reads the command line into `options`; what is left of it says whether there
// is more to do.
ParsedWords ParseStripOptions(int argc, char** argv, StripOptions* options);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_STRIP_STRIP_OPTIONS_H_
