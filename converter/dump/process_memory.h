// What of a process's memory is in no object.
//
// The memory of the process is what is resident of it and what is swapped out.
// Less its objects, that is the allocators' overhead (rounding, pool headers),
// their free space, blocks that they have handed out for no object, what else
// is swapped out, and native memory: code, stacks, what C libraries have mapped
// for themselves.
//
//     |- objects -|- overhead -|- free space -|- no object -|- swapped -|-
//     native -|

#ifndef HEAPGRIND_CONVERTER_DUMP_PROCESS_MEMORY_H_
#define HEAPGRIND_CONVERTER_DUMP_PROCESS_MEMORY_H_

#include <cstdint>
#include <vector>

#include "converter/dump/dump_facts.h"

namespace heapgrind {

// What a dump says of the process's memory, or the sum of several.  All in
// bytes; 0 where it is not known.
struct ProcessFigures {
  uint64_t total = 0;          // Resident or swapped out.
  uint64_t swapped = 0;        // Of the total, but for large objects.
  uint64_t pool_overhead = 0;  // In pymalloc's arenas, but in no block.
  uint64_t free_space = 0;     // Of both allocators.
  // Handed out, but for no object.
  uint64_t pymalloc_without_objects = 0;
  uint64_t malloc_without_objects = 0;
  uint64_t native_without_owner =
      0;  // The same where native memory has owners.
  // Handed out and there; of this, for objects.
  uint64_t handed_out = 0;
  uint64_t explained = 0;

  ProcessFigures& operator+=(const ProcessFigures& other);
};

ProcessFigures FiguresOf(const DumpFacts& facts);

// All in bytes.
struct ProcessMemory {
  uint64_t overhead = 0;
  uint64_t free_space = 0;
  uint64_t pymalloc_without_objects = 0;
  uint64_t malloc_without_objects = 0;
  uint64_t native_without_owner = 0;
  uint64_t swapped = 0;
  uint64_t native = 0;
  // By how much the objects exceed the total: pages of blocks below 128 KiB
  // that were never touched; up to format 1, of all blocks.
  uint64_t excess = 0;
};

// Splits the total.  Each part is at most what the ones before it leave, so
// that their sum, and the objects, are the total if these do not exceed it. All
// zero if the total is not known.
//
// `in_objects`: the sum of the objects' bytes; `slack`: of their slack, bytes.
ProcessMemory SplitProcessMemory(const ProcessFigures& figures,
                                 uint64_t in_objects, uint64_t slack);

// A part under the name that rows have for it.
struct ProcessRow {
  const char* name;  // "process::swapped".
  uint64_t bytes;
};

// The parts that are not empty, in the order in which they are split off.
std::vector<ProcessRow> RowsOf(const ProcessMemory& memory);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_PROCESS_MEMORY_H_
