// What a forked copy of a process does so that the process does not notice it.
//
// All functions here do what a signal handler may do, too: nothing but system
// calls.

#ifndef HEAPGRIND_SCANNER_SCAN_FORKED_COPY_H_
#define HEAPGRIND_SCANNER_SCAN_FORKED_COPY_H_

#include <sys/types.h>

#include <cstdint>

#include "memory/descriptor_list.h"

namespace heapgrind {

// Forks.  Returns 0 in the copy, its number here, and -1 with errno.  Of the copy's
// end no signal tells, and no wait of the program's; qemu-user has no such copies,
// so that there both may.
pid_t ForkQuietly();

// Closes all descriptors but `kept`: a connection that the process closes must
// not stay open here.  Runs no handler for a signal: SIGTERM and SIGKILL end
// the copy, and those that tell of a crash; others wait for ever.  Lets the
// process come first, for the processor, and unless `is_as_important` also when
// memory runs out.
void BecomeForkedCopy(const DescriptorList& kept, bool is_as_important);

// Memory that the copy does not share, bytes; -1 if the system does not say.
int64_t CopiedBytes();

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_SCAN_FORKED_COPY_H_
