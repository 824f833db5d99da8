// Takes a dump from the pipes of a copy that runs a blob, as far as it comes.

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_DUMP_RECEIVER_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_DUMP_RECEIVER_H_

#include "absl/status/status.h"
#include "converter/base/progress.h"
#include "converter/outside/blob_run.h"
#include "converter/outside/dump_check.h"
#include "converter/outside/our_signals.h"
#include "converter/outside/stopped_threads.h"
#include "converter/outside/traced_copy.h"

namespace heapgrind {

// Waits for all of the dump, and for the end of the copy.
//
// `longest_silence`: how long the copy may take for the next bytes.  `stopped`:
// its late threads are let go meanwhile; null: there are none.
//
// Errors: Aborted: the user has interrupted us; Unavailable: the copy refuses,
// hangs, crashes, or what it sends is no dump; those of DumpCheck.
absl::Status ReceiveDump(const BlobPipes& pipes,
                         Clock::duration longest_silence, OurSignals* signals,
                         StoppedThreads* stopped, TracedCopy* copy,
                         DumpCheck* check, Progress* progress);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_DUMP_RECEIVER_H_
