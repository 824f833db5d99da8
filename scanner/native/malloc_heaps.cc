#include "native/malloc_heaps.h"

#include <unistd.h>

namespace heapgrind {
namespace {

constexpr char kNoMemory[] = "out of memory";
constexpr char kForeignMain[] = "the main heap is not in one piece";
constexpr char kForeignHeap[] = "a thread's heap is not as expected";

// HEAP_MAX_SIZE: 64 MiB, 1 MiB on 32 bits; else four huge pages, of as much as
// the system has (glibc.malloc.hugetlb).
constexpr uintptr_t kUsualHeapBytes =
    kWordBytes == 8 ? uintptr_t{64} << 20 : uintptr_t{1} << 20;
constexpr uintptr_t kLeastHeapBytes = uintptr_t{1} << 18;
constexpr uintptr_t kMostHeapBytes = kUsualHeapBytes << 8;

// Blocks are aligned to 16 bytes.  (To 8 before 2.26 on 32 bits, whose heaps
// are not known.)
uintptr_t AlignChunk(uintptr_t address) {
  const uintptr_t block = address + kChunkHeader;
  return ((block + 15) & ~uintptr_t{15}) - kChunkHeader;
}

class Finder {
 public:
  Finder(const MainArena& main, const MemoryAreas& areas, MallocHeaps* heaps)
      : main_(main), areas_(areas), heaps_(heaps) {}

  const char* AddAll() {
    const char* error = AddMain(Arena(main_.bins));
    uintptr_t start = Arena(main_.bins).next();
    while (error == nullptr && start + main_.bins_offset != main_.bins) {
      const Arena arena(start + main_.bins_offset);
      error = AddArena(start, arena);
      start = arena.next();
    }
    return error;
  }

 private:
  // Its memory is in one piece, but for when somebody else moves the end of the
  // data segment, or there is no room behind it.
  const char* AddMain(const Arena& arena) {
    if (!heaps_->arenas.Append(arena.bins())) return kNoMemory;
    if (arena.is_empty()) return nullptr;
    if (!AddTop(arena)) return kForeignMain;
    const uintptr_t end = arena.top() + ChunkBytes(arena.top());
    const uintptr_t start = end - arena.system_bytes();
    if (start > arena.top() || !areas_.Contains(start, end - start)) {
      return kForeignMain;
    }
    heaps_->system_bytes += arena.system_bytes();
    return Add(AlignChunk(start), arena.top(), end) ? nullptr : kForeignMain;
  }

  const char* AddArena(uintptr_t start, const Arena& arena) {
    if (!heaps_->arenas.Append(arena.bins())) return kNoMemory;
    if (!AddTop(arena)) return kForeignHeap;
    const uintptr_t page = static_cast<uintptr_t>(sysconf(_SC_PAGESIZE));
    const uintptr_t first = start & ~(page - 1);
    uint64_t left = arena.system_bytes();
    heaps_->system_bytes += left;
    for (uintptr_t heap = HeapOf(arena.top(), start); heap != 0;
         heap = WordAt(heap + kWordBytes)) {
      if (!areas_.Contains(heap, kHeapWords * kWordBytes)) return kForeignHeap;
      const uintptr_t bytes = WordAt(heap + 2 * kWordBytes);
      if (WordAt(heap) != start || bytes > left ||
          !areas_.Contains(heap, bytes)) {
        return kForeignHeap;
      }
      left -= bytes;
      const bool has_top = arena.top() - heap < bytes;
      // The header's size is where the first heap has its arena.
      const uintptr_t chunk =
          heap == first ? arena.end() : heap + (start - first);
      if (bytes == 0 ||
          !Add(AlignChunk(chunk), has_top ? arena.top() : heap + bytes,
               heap + bytes)) {
        return kForeignHeap;
      }
    }
    return left == 0 ? nullptr : kForeignHeap;
  }

  bool AddTop(const Arena& arena) {
    const uintptr_t top = arena.top();
    if (top % kWordBytes != 0 || !areas_.Contains(top, kChunkHeader) ||
        !areas_.Contains(top, ChunkBytes(top))) {
      return false;
    }
    heaps_->top_bytes += ChunkBytes(top);
    return true;
  }

  // The heap of an arena that holds a chunk; 0 if none does.
  uintptr_t HeapOf(uintptr_t chunk, uintptr_t arena) const {
    if (IsHeap(chunk & ~(kUsualHeapBytes - 1), arena)) {
      return chunk & ~(kUsualHeapBytes - 1);
    }
    for (uintptr_t bytes = kLeastHeapBytes; bytes <= kMostHeapBytes;
         bytes *= 2) {
      if (IsHeap(chunk & ~(bytes - 1), arena)) return chunk & ~(bytes - 1);
    }
    return 0;
  }

  bool IsHeap(uintptr_t start, uintptr_t arena) const {
    return areas_.Contains(start, kHeapWords * kWordBytes) &&
           WordAt(start) == arena;
  }

  bool Add(uintptr_t chunk, uintptr_t end, uintptr_t memory_end) {
    return chunk <= end && heaps_->pieces.Append({chunk, end, memory_end});
  }

  static constexpr uintptr_t kHeapWords = 3;

  const MainArena& main_;
  const MemoryAreas& areas_;
  MallocHeaps* heaps_;
};

}  // namespace

const char* FindMallocHeaps(const MainArena& main, const MemoryAreas& areas,
                            MallocHeaps* heaps) {
  heaps->num_fast_bins = main.bins_offset / kWordBytes - 2;
  return Finder(main, areas, heaps).AddAll();
}

}  // namespace heapgrind
