// What the C library has handed out of this process's memory.

#ifndef HEAPGRIND_SCANNER_PROCESS_MALLOC_BYTES_H_
#define HEAPGRIND_SCANNER_PROCESS_MALLOC_BYTES_H_

#include <cstdint>

namespace heapgrind {

// Bytes in use, with the headers of the blocks and those blocks that have a
// mapping each; 0 with a C library that does not say.  Takes the locks of
// malloc's heaps, one after the other, and some microseconds.
uint64_t MallocBytes();

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_PROCESS_MALLOC_BYTES_H_
