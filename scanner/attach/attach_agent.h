// The part of the scanner that runs in a process that knows nothing of it.
//
// `python -m heapgrind attach` has a debugger stop the process, load this
// library and call two functions of it:
//
//     debugger              process                      attach
//     HeapgrindAttachOpen   two pipes
//                                                        opens their read ends
//     HeapgrindAttachStart  closes them; a thread begins
//     detaches              runs on                      reads
//                           thread: takes the GIL, forks
//                           copy: dumps
//
// Neither function needs the GIL or waits for anything, but both allocate and
// make a thread: whoever calls them on behalf of a thread of the process must
// know that it is not in malloc or in the loader.
//
// The first pipe carries the dump; the second lines of ASCII:
//
//     began                                     the thread has the GIL
//     done OBJECTS SIZE BYTES MICROSECONDS      all is written; the time is
//                                               what the fork took
//     failed ERRNO TEXT                         it is not, and why
//
// When nobody reads them any more, the thread gives up as soon as it has the
// GIL, and the copy at its next write.

#ifndef HEAPGRIND_SCANNER_ATTACH_ATTACH_AGENT_H_
#define HEAPGRIND_SCANNER_ATTACH_ATTACH_AGENT_H_

#include <stddef.h>

#include "export.h"

extern "C" {

// Makes the pipes: read and write end of the dump's, then of the lines'.
// Returns 0 or an errno.
HEAPGRIND_EXPORT int HeapgrindAttachOpen(int pipes[4]);

// Closes the read ends of the pipes, those that are not negative, and begins a
// thread that dumps to the write ends and closes them.  `value_length` and
// `max_references` are those of ScanOptions.  Returns 0 or an errno; then all
// is closed.
HEAPGRIND_EXPORT int HeapgrindAttachStart(const int pipes[4],
                                          size_t value_length,
                                          size_t max_references);

}  // extern "C"

#endif  // HEAPGRIND_SCANNER_ATTACH_ATTACH_AGENT_H_
