#include "converter/dump/process_memory.h"

#include <algorithm>

namespace heapgrind {
namespace {

uint64_t Difference(uint64_t a, uint64_t b) { return a > b ? a - b : 0; }

// Bytes in pymalloc's arenas that are in no block.
uint64_t PoolOverhead(const DumpHeader& header) {
  return Difference(header.pymalloc_arenas,
                    header.pymalloc_used + header.pymalloc_free);
}

}  // namespace

ProcessMemory SplitProcessMemory(const DumpHeader& header, uint64_t in_objects,
                                 uint64_t slack) {
  ProcessMemory memory;
  if (header.rss == 0) return memory;
  uint64_t rest = Difference(header.rss, in_objects);
  const auto take = [&rest](uint64_t wanted) {
    const uint64_t taken = std::min(wanted, rest);
    rest -= taken;
    return taken;
  };
  memory.overhead = take(slack + PoolOverhead(header));
  memory.free_space = take(header.pymalloc_free + header.malloc_free);
  memory.native = rest;
  memory.excess = Difference(in_objects, header.rss);
  return memory;
}

}  // namespace heapgrind
