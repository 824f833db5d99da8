// The command line of heapgrind dump.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_DUMP_DUMP_OPTIONS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_DUMP_DUMP_OPTIONS_H_

#include <string>

#include "converter/cli/option_parser.h"
#include "converter/outside/outside_dump.h"

namespace heapgrind {

struct DumpOptions {
  OutsideDumpOptions dump;
  std::string core;     // The path of a core; "": the process is asked.
  std::string sysroot;  // Below which its files are.
  bool list = false;    // Say which blobs there are, and no more.
  std::string blobs;    // A folder with them; "": those in this program.
};

// Reads the command line into `options`; what is left of it says whether there
// is more to do.
ParsedWords ParseDumpOptions(int argc, char** argv, DumpOptions* options);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_DUMP_DUMP_OPTIONS_H_
