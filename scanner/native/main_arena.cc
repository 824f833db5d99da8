#ifndef _GNU_SOURCE
#define _GNU_SOURCE  // dl_phdr_info
#endif
#include "native/main_arena.h"

#include <link.h>

#include "surroundings.h"

namespace heapgrind {
namespace {

constexpr size_t kBinWords = 2 * Arena::kBins;
constexpr uintptr_t kBytesAroundBins = 16 * kWordBytes;
constexpr uintptr_t kLeastPointer = 4096;
constexpr size_t kMostArenas = 1 << 16;

// A thread that was stopped within malloc may be about to change a list.
constexpr size_t kMostBrokenBins = 2;

// Whether the list's ends are what they have to be.
bool IsRing(uintptr_t bin, const MemoryAreas& areas) {
  const uintptr_t first = WordAt(bin);
  const uintptr_t last = WordAt(bin + kWordBytes);
  const uintptr_t self = bin - kChunkHeader;  // As if it were a chunk.
  if (first == self || last == self) return first == last;
  return areas.Contains(first, kLeastChunk) &&
         areas.Contains(last, kLeastChunk) &&
         WordAt(first + 3 * kWordBytes) == self &&
         WordAt(last + 2 * kWordBytes) == self;
}

bool HasBins(uintptr_t bins, const MemoryAreas& areas) {
  size_t num_broken = 0;
  for (size_t i = 0; i < Arena::kBins; ++i) {
    if (IsRing(bins + i * 2 * kWordBytes, areas)) continue;
    if (++num_broken > kMostBrokenBins) return false;
  }
  return true;
}

// Whether the arenas are a ring if arenas begin so many bytes before their
// bins.
bool IsClosed(uintptr_t main_bins, uintptr_t bins_offset,
              const MemoryAreas& areas) {
  uintptr_t bins = main_bins;
  for (size_t i = 0; i < kMostArenas; ++i) {
    const uintptr_t next = Arena(bins).next();
    bins = next + bins_offset;
    if (bins == main_bins) return true;
    if (next % kWordBytes != 0 ||
        !areas.Contains(
            next, bins_offset + kBinWords * kWordBytes + kBytesAroundBins) ||
        !HasBins(bins, areas)) {
      return false;
    }
  }
  return false;
}

struct Search {
  const MemoryAreas* areas;
  MainArena found;
  uintptr_t system_bytes;  // Of the one found; an empty one is none.
};

// A library may bring a malloc of the same kind, which hardly anybody uses.
void Consider(uintptr_t bins, Search* search) {
  const Arena arena(bins);
  if (arena.system_bytes() <= search->system_bytes ||
      !HasBins(bins, *search->areas)) {
    return;
  }
  for (uintptr_t offset = 3 * kWordBytes; offset <= kBytesAroundBins;
       offset += kWordBytes) {
    if (!IsClosed(bins, offset, *search->areas)) continue;
    search->found = {bins, offset};
    search->system_bytes = arena.system_bytes();
    return;
  }
}

// Bins are words of which none is zero or a small number.
void SearchData(uintptr_t start, uintptr_t end, Search* search) {
  size_t num_pointers = 0;
  for (uintptr_t at = start + kBytesAroundBins; at + kBytesAroundBins < end;
       at += kWordBytes) {
    const uintptr_t word = WordAt(at);
    const bool is_pointer = word >= kLeastPointer && word % kWordBytes == 0;
    num_pointers = is_pointer ? num_pointers + 1 : 0;
    if (num_pointers >= kBinWords) {
      Consider(at - (kBinWords - 1) * kWordBytes, search);
    }
  }
}

int SearchImage(struct dl_phdr_info* image, size_t, void* context) {
  Search* search = static_cast<Search*>(context);
  for (int i = 0; i < image->dlpi_phnum; ++i) {
    const ElfW(Phdr)& header = image->dlpi_phdr[i];
    if (header.p_type != PT_LOAD || (header.p_flags & PF_W) == 0) continue;
    const uintptr_t start =
        (image->dlpi_addr + header.p_vaddr) & ~(kWordBytes - 1);
    const uintptr_t end = image->dlpi_addr + header.p_vaddr + header.p_memsz;
    if (!search->areas->Contains(start, end - start)) continue;
    SearchData(start, end, search);
  }
  return 0;
}

}  // namespace

MainArena FindMainArena(const MemoryAreas& areas) {
  Search search = {&areas, {0, 0}, 0};
  hg_visit_images(SearchImage, &search);
  return search.found;
}

}  // namespace heapgrind
