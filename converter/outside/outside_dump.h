// Dumps a live process without running a line of code in it.
//
//     heapgrind                      process                 copy
//     what runs there, which blob    runs
//     stops all threads              stopped
//     has one of them fork           stopped                 stopped, new
//     lets them go                   runs                    stopped
//     blob, pipes                    runs                    runs the blob
//     checks, writes  <------------  runs  ----------------  dump
//     kills it                       runs                    ended
//     has one thread wait for it     one thread stopped      gone

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_OUTSIDE_DUMP_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_OUTSIDE_DUMP_H_

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "converter/base/progress.h"
#include "converter/outside/blob_store.h"
#include "converter/outside/our_signals.h"
#include "converter/outside/traced_thread.h"
#include "scanner/blob/blob_input.h"

namespace heapgrind {

struct OutsideDumpOptions {
  pid_t pid = 0;
  std::string output;           // The pattern of a name: OutputName.
  uint64_t value_length = 0;    // Characters of each string.
  uint64_t max_references = 0;  // Without names, of a record; 0: all.
  uint64_t native = HG_BLOB_NATIVE_GROUPS;  // HG_BLOB_NATIVE_*.
  uint64_t max_bytes = 0;                   // Of the file; 0: any number.
  Clock::duration longest_stop;             // To wait for all threads.
  Clock::duration longest_silence;  // To wait for the next part of the dump.
};

struct OutsideDump {
  std::string output;    // What was written, as DumpOutput has it.
  uint64_t objects = 0;  // That were written.
  uint64_t size = 0;     // Of these, bytes.
  uint64_t left_out = 0;
  Clock::duration stopped{};  // How long no thread ran.
  bool has_left_zombie = false;
};

// Writes a dump of the process with one of `blobs`.  `signals` are blocked from
// the moment on that there is a file to write to: a named pipe waits for its
// reader.
//
// Errors: Unavailable: the process cannot be dumped, or not whole; Aborted: a
// signal waits to end this program; those of DumpOutput.  Then no file is
// written, and the process runs on.
absl::StatusOr<OutsideDump> DumpFromOutside(const OutsideDumpOptions& options,
                                            const BlobStore& blobs,
                                            OurSignals* signals,
                                            Progress* progress);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_OUTSIDE_DUMP_H_
