// What the process's memory is, by the allocators' own account.
//
// The records of a dump explain a part of it; the rest is free space, blocks
// that are no objects, and memory of other languages.

#ifndef HEAPGRIND_SCANNER_RECORD_PROCESS_MEMORY_H_
#define HEAPGRIND_SCANNER_RECORD_PROCESS_MEMORY_H_

#include <cstdint>

namespace heapgrind {

// Bytes; 0 where it is not known.  docs/dump_format.md, "The header", says what
// each is.
struct ProcessMemory {
  uint64_t resident;
  uint64_t pymalloc_arenas;
  uint64_t pymalloc_used;
  uint64_t pymalloc_free;
  uint64_t malloc_used;
  uint64_t malloc_free;
  uint64_t malloc_mapped;

  // What the allocators have handed out; 0 if one of them does not say.
  uint64_t allocated() const {
    if (pymalloc_arenas == 0 || malloc_used == 0) return 0;
    return pymalloc_used + malloc_used + malloc_mapped;
  }
};

// The process that a dump is of, when the scan began.  A copy of it that was
// forked is not asked itself.
struct ScannedProcess {
  uint64_t pid;
  uint64_t time;  // Seconds since 1970-01-01 UTC.
  ProcessMemory memory;
};

// What is resident of this process, bytes; 0 if the system does not say.
uint64_t ResidentBytes();

// Asks the system and the allocators.  Wants the GIL, and for a moment the
// allocators' locks.
ScannedProcess ReadProcess();

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_PROCESS_MEMORY_H_
