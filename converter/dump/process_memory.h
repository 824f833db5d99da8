// What of a process's memory is in no object.
//
// The resident memory of the process, less its objects, is the allocators'
// overhead (rounding, pool headers), their free space, and native memory: code,
// stacks, what C libraries keep for themselves.
//
//     resident  |-- objects --|- overhead -|- free space -|- native memory -|

#ifndef HEAPGRIND_CONVERTER_DUMP_PROCESS_MEMORY_H_
#define HEAPGRIND_CONVERTER_DUMP_PROCESS_MEMORY_H_

#include <cstdint>

#include "converter/dump/dump_header.h"

namespace heapgrind {

// All in bytes.
struct ProcessMemory {
  uint64_t overhead = 0;
  uint64_t free_space = 0;
  uint64_t native = 0;
  // By how much the objects exceed the resident memory, because pages of large
  // ones were never touched or are swapped out.
  uint64_t excess = 0;
};

// Splits the resident memory that the header names.  Each part is at most what
// the ones before it leave, so that their sum, and the objects, are the
// resident memory if these do not exceed it.  All zero if the header does not
// name it.
//
// `in_objects`: the sum of the objects' sizes; `slack`: of their slack, bytes.
ProcessMemory SplitProcessMemory(const DumpHeader& header, uint64_t in_objects,
                                 uint64_t slack);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_PROCESS_MEMORY_H_
