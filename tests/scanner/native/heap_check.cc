// Compares a MallocHeap of a forked copy of this process with the books of the
// counting malloc.  It is the surroundings (surroundings.h) of that heap, too.

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <link.h>
#include <malloc.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>

#include "counted_malloc.h"
#include "memory/mapped_object.h"
#include "memory/mapping_list.h"
#include "native/malloc_heap.h"
#include "surroundings.h"

void hg_note_progress() {}

void hg_visit_images(int (*visit)(struct dl_phdr_info* image, size_t size,
                                  void* context),
                     void* context) {
  dl_iterate_phdr(visit, context);
}

int hg_visit_mappings(int (*visit)(const hg_mapping* mapping, void* context),
                      void* context) {
  heapgrind::MappingList mappings;
  heapgrind::Mapping found;
  if (!mappings.Open()) return 0;
  while (mappings.Next(&found)) {
    const hg_mapping mapping = {found.start, found.end,
                                (found.is_readable ? PROT_READ : 0) |
                                    (found.is_writable ? PROT_WRITE : 0),
                                found.is_file, found.is_shared};
    if (visit(&mapping, context) != 0) break;
  }
  return 1;
}

namespace {

struct Comparison {
  const heapgrind::MallocHeap* heap;
  // Blocks in use, and of those the ones that are not as they should be.
  unsigned live, missing, wrong_size, not_at_8, at_last;
  unsigned freed, freed_but_found;
};

void Compare(const CountedBlock& block, void* context) {
  Comparison& sums = *static_cast<Comparison*>(context);
  heapgrind::NativeBlock found = {};
  const auto leads_to_it = [&](size_t offset) {
    return sums.heap->Find(block.start + offset, &found) &&
           found.start == block.start;
  };
  const bool is_found = leads_to_it(0);
  if (block.is_freed) {
    ++sums.freed;
    sums.freed_but_found += is_found;
    return;
  }
  const size_t bytes = malloc_usable_size(reinterpret_cast<void*>(block.start));
  ++sums.live;
  sums.missing += !is_found;
  sums.wrong_size += is_found && found.bytes != bytes;
  sums.not_at_8 += bytes > 8 && !leads_to_it(8);
  sums.at_last +=
      sums.heap->FindAround(block.start + bytes - sizeof(void*), &found);
}

hg_process Figures() {
  hg_process process = {};
  const struct mallinfo2 figures = mallinfo2();
  process.malloc_used = figures.uordblks;
  process.malloc_free = figures.fordblks;
  process.malloc_mapped = figures.hblkhd;
  process.malloc_fast = figures.fsmblks;
  return process;
}

void CheckHere(const hg_process& process, int fd) {
  heapgrind::MappedObject<heapgrind::MallocHeap> made;
  const heapgrind::MallocHeap* heap = made.Make();
  if (!made.get()->Learn(process)) {
    dprintf(fd, "reason=%s", heap->reason());
    return;
  }
  Comparison sums = {heap, 0, 0, 0, 0, 0, 0, 0};
  VisitCountedBlocks(Compare, &sums);
  dprintf(fd,
          "live=%u missing=%u wrong_size=%u not_at_8=%u at_last=%u freed=%u "
          "freed_but_found=%u",
          sums.live, sums.missing, sums.wrong_size, sums.not_at_8, sums.at_last,
          sums.freed, sums.freed_but_found);
}

}  // namespace

// Writes what was found to a descriptor; malloc is to have `more_used` bytes in
// use than it says.
extern "C" int check_heap(int fd, uint64_t more_used) {
  hg_process process = Figures();
  process.malloc_used += more_used;
  const pid_t copy = fork();
  if (copy == 0) {
    CheckHere(process, fd);
    _exit(0);
  }
  int status = -1;
  waitpid(copy, &status, 0);
  return status;
}
