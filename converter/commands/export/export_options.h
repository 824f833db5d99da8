// The command line of heapgrind export.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_EXPORT_EXPORT_OPTIONS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_EXPORT_EXPORT_OPTIONS_H_

#include <string>

#include "converter/cli/option_parser.h"
#include "converter/commands/heap_options.h"
#include "converter/profile/prune.h"

namespace heapgrind {

enum class ExportFormat { kNone, kPprof, kHeapSnapshot, kFolded };

struct ExportOptions {
  std::string dump;    // "-" is standard input.
  std::string output;  // "" and "-" are standard output.
  ExportFormat format = ExportFormat::kNone;
  PruneLimits limits;        // Of the rows of a profile.
  bool has_limits = false;   // Whether the command line says them.
  bool shows_texts = false;  // Of strings, in a heap snapshot.
  bool hides_keys = false;   // Of dictionaries, if they are no identifiers.
  HeapOptions heap;
};

// Reads the command line into `options`; what is left of it says whether there
// is more to do.
ParsedWords ParseExportOptions(int argc, char** argv, ExportOptions* options);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_EXPORT_EXPORT_OPTIONS_H_
