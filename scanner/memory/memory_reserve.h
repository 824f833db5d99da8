// Room in the address space for the dump of a program that has run out of it.
//
// The room is mapped, and not touched, when heapgrind is imported: that costs
// no memory, but counts where a limit counts (RLIMIT_AS, RLIMIT_DATA, commit
// limits).  A dump gives it back first, if there is little else: then there is
// room for what Python allocates on the way to the scan, for the libraries to
// compress with, and for a scan in temporary files.

#ifndef HEAPGRIND_SCANNER_MEMORY_MEMORY_RESERVE_H_
#define HEAPGRIND_SCANNER_MEMORY_MEMORY_RESERVE_H_

namespace heapgrind {

// True if this process's limits leave less than a dump might take in memory:
// 1/32 of what is mapped (visited_set.h), and a few MiB.
bool IsMemoryScarce();

// Gives the room back.
void ReleaseReserve();

// Releases the room if memory is scarce, else makes it if there is none.
void MakeRoom();

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_MEMORY_MEMORY_RESERVE_H_
