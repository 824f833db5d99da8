#include "converter/dump/process_memory.h"

#include <algorithm>

namespace heapgrind {
namespace {

uint64_t Difference(uint64_t a, uint64_t b) { return a > b ? a - b : 0; }

// What the allocators have handed out, and what of it is for no object, as far
// as both sides are known.
void AddHandedOut(const DumpHeader& header, const EndFacts& end,
                  ProcessFigures* figures) {
  if (end.pymalloc_explained == 0 && end.malloc_explained == 0) return;
  const bool knows_pymalloc = header.pymalloc_used > 0;
  const bool knows_malloc = header.malloc_used > 0;
  const uint64_t malloc = header.malloc_used + header.malloc_mapped;
  if (knows_pymalloc) {
    figures->pymalloc_without_objects =
        Difference(header.pymalloc_used, end.pymalloc_explained);
  }
  if (knows_malloc) {
    (end.native_explained > 0 ? figures->native_without_owner
                              : figures->malloc_without_objects) =
        Difference(malloc, end.malloc_explained);
  }
  if (!knows_malloc || (!knows_pymalloc && end.pymalloc_explained > 0)) return;
  figures->handed_out =
      Difference(header.pymalloc_used + malloc, end.malloc_absent);
  figures->explained =
      std::min(figures->handed_out,
               Difference(end.pymalloc_explained + end.malloc_explained,
                          end.malloc_absent));
}

}  // namespace

ProcessFigures& ProcessFigures::operator+=(const ProcessFigures& other) {
  total += other.total;
  swapped += other.swapped;
  pool_overhead += other.pool_overhead;
  free_space += other.free_space;
  pymalloc_without_objects += other.pymalloc_without_objects;
  malloc_without_objects += other.malloc_without_objects;
  native_without_owner += other.native_without_owner;
  handed_out += other.handed_out;
  explained += other.explained;
  return *this;
}

ProcessFigures FiguresOf(const DumpFacts& facts) {
  const DumpHeader& header = facts.header;
  ProcessFigures figures;
  if (header.rss > 0) figures.total = header.rss + header.swap;
  figures.swapped = Difference(header.swap, facts.end.swapped);
  figures.pool_overhead = Difference(
      header.pymalloc_arenas, header.pymalloc_used + header.pymalloc_free);
  figures.free_space = header.pymalloc_free + header.malloc_free;
  AddHandedOut(header, facts.end, &figures);
  return figures;
}

ProcessMemory SplitProcessMemory(const ProcessFigures& figures,
                                 uint64_t in_objects, uint64_t slack) {
  ProcessMemory memory;
  if (figures.total == 0) return memory;
  uint64_t rest = Difference(figures.total, in_objects);
  const auto take = [&rest](uint64_t wanted) {
    const uint64_t taken = std::min(wanted, rest);
    rest -= taken;
    return taken;
  };
  memory.overhead = take(slack + figures.pool_overhead);
  memory.free_space = take(figures.free_space);
  memory.pymalloc_without_objects = take(figures.pymalloc_without_objects);
  memory.malloc_without_objects = take(figures.malloc_without_objects);
  memory.native_without_owner = take(figures.native_without_owner);
  memory.swapped = take(figures.swapped);
  memory.native = rest;
  memory.excess = Difference(in_objects, figures.total);
  return memory;
}

std::vector<ProcessRow> RowsOf(const ProcessMemory& memory) {
  std::vector<ProcessRow> rows = {
      {"process::allocator overhead", memory.overhead},
      {"process::allocator free space", memory.free_space},
      {"process::pymalloc without objects", memory.pymalloc_without_objects},
      {"process::malloc without objects", memory.malloc_without_objects},
      {"process::native memory without an owner", memory.native_without_owner},
      {"process::swapped", memory.swapped},
      {"process::native memory", memory.native}};
  const auto is_empty = [](const ProcessRow& row) { return row.bytes == 0; };
  rows.erase(std::remove_if(rows.begin(), rows.end(), is_empty), rows.end());
  return rows;
}

}  // namespace heapgrind
