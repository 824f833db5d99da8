// Strips a dump: reads it once or three times, and writes what stays.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_STRIP_DUMP_STRIPPING_H_
#define HEAPGRIND_CONVERTER_COMMANDS_STRIP_DUMP_STRIPPING_H_

#include "absl/status/statusor.h"
#include "converter/commands/strip/record_stripper.h"
#include "converter/commands/strip/strip_options.h"
#include "converter/dump/dump_facts.h"

namespace heapgrind {

struct StripResult {
  DumpFacts facts;  // Of the dump that was read.
  StripCounts counts;
};

// Writes options.output.  Errors are those of OpenDumpSource, ReadDump,
// RereadableInput and DumpOutput; then there is no new file.  Memory grows by
// three bits for each 16 bytes of the dumped heap if values are to be
// shortened, else by one.
absl::StatusOr<StripResult> StripDump(const StripOptions& options);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_STRIP_DUMP_STRIPPING_H_
