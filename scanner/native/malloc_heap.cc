#include "native/malloc_heap.h"

#include <algorithm>
#include <cstring>

#include "native/main_arena.h"
#include "native/mapped_blocks.h"

namespace heapgrind {
namespace {

constexpr char kNoMemory[] = "out of memory";

// What malloc's figures and the copy may differ by, bytes: they are of two
// moments.
constexpr uint64_t kLeastTolerance = uint64_t{1} << 18;
constexpr uint64_t kToleratedPart = 64;

uint64_t Difference(uint64_t a, uint64_t b, bool is_narrow) {
  if (!is_narrow) return a > b ? a - b : b - a;
  const uint32_t difference = static_cast<uint32_t>(a - b);
  return std::min(difference, uint32_t{0} - difference);
}

// What is left of a heap behind its last chunk: at most two chunks of 0 or 2
// words.
bool IsFencepost(uintptr_t chunk, uintptr_t end) {
  return ChunkBytes(chunk) < kLeastChunk && end - chunk <= 2 * kLeastChunk;
}

}  // namespace

bool MallocHeap::Refuse(const char* reason) {
  reason_ = reason;
  return false;
}

bool MallocHeap::RefuseDifference(uint64_t bytes) {
  char digits[24];
  char* at = digits + sizeof digits;
  *--at = '\0';
  do {
    *--at = static_cast<char>('0' + bytes % 10);
    bytes /= 10;
  } while (bytes > 0);
  constexpr char kBefore[] = "malloc's figures differ by ";
  constexpr char kBehind[] = " bytes";
  char* end = difference_;
  for (const char* part : {kBefore, static_cast<const char*>(at), kBehind}) {
    const size_t length = strlen(part);
    memcpy(end, part, length);
    end += length;
  }
  *end = '\0';
  return Refuse(difference_);
}

bool MallocHeap::Learn(const hg_process& process) {
  if (!areas_.Learn()) return Refuse("its mappings are not known");
  const MainArena main = FindMainArena(areas_);
  if (main.bins == 0 || Arena(main.bins).is_empty()) {
    return Refuse("another malloc than glibc's");
  }
  variables_start_ = main.bins - main.bins_offset;
  variables_end_ = Arena(main.bins).end();
  if (process.malloc_used + process.malloc_free == 0) {
    return Refuse("malloc's figures are not known");
  }
  MallocHeaps heaps;
  const char* error = FindMallocHeaps(main, areas_, &heaps);
  if (error != nullptr) return Refuse(error);
  FreeCaches caches(blocks_);
  if (!WalkAll(heaps, &caches)) return false;
  uint64_t mapped_bytes = 0;
  if (!FindMappedBlocks(areas_, &blocks_, &mapped_bytes)) {
    return Refuse(kNoMemory);
  }
  if (!Prove(process, heaps, mapped_bytes)) return false;
  caches.DropThreadCaches();
  caches.DropFastBins(heaps);
  return true;
}

bool MallocHeap::WalkAll(const MallocHeaps& heaps, FreeCaches* caches) {
  for (size_t i = 0; i < heaps.pieces.size(); ++i) {
    const MallocPiece& piece = heaps.pieces[i];
    if (!blocks_.AddHeap(piece.chunk, piece.memory_end))
      return Refuse(kNoMemory);
  }
  blocks_.Sort();
  for (size_t i = 0; i < heaps.pieces.size(); ++i) {
    if (!Walk(heaps.pieces[i], caches)) return false;
  }
  return true;
}

bool MallocHeap::Walk(const MallocPiece& piece, FreeCaches* caches) {
  constexpr size_t kBetweenNotes = size_t{1} << 16;
  const BlockRange* range = blocks_.RangeOf(piece.chunk);
  if (range == nullptr || range->end != piece.memory_end) {
    return Refuse("two heaps are in one place");
  }
  uintptr_t chunk = piece.chunk;
  for (size_t i = 0; chunk < piece.end; ++i) {
    if (i % kBetweenNotes == 0) hg_note_progress();
    const uintptr_t bytes = ChunkBytes(chunk);
    if (!piece.has_top() && IsFencepost(chunk, piece.end)) return true;
    // There is a size word behind each chunk.
    const uintptr_t most =
        piece.end - chunk - (piece.has_top() ? 0 : kChunkHeader);
    if (bytes < kLeastChunk || bytes > most || bytes % kBlockAlignment != 0 ||
        (SizeWord(chunk) & kIsMmapped) != 0) {
      return Refuse("a heap does not go from block to block");
    }
    const uintptr_t block = chunk + kChunkHeader;
    const bool is_in_use = (SizeWord(chunk + bytes) & kPreviousInUse) != 0;
    if (!is_in_use) {
      free_bytes_ += bytes;
    } else {
      BlockMap::Set(*range, block);
      if (!caches->Note(block, bytes)) return Refuse(kNoMemory);
    }
    chunk += bytes;
  }
  return chunk == piece.end ||
         Refuse("a heap does not end with its last block");
}

bool MallocHeap::Prove(const hg_process& process, const MallocHeaps& heaps,
                       uint64_t mapped_bytes) {
  const uint64_t total = heaps.system_bytes + mapped_bytes;
  const uint64_t tolerance = std::max(kLeastTolerance, total / kToleratedPart);
  const struct {
    uint64_t walked;
    uint64_t said;
  } figures[] = {
      {heaps.system_bytes, process.malloc_used + process.malloc_free},
      {free_bytes_ + heaps.top_bytes,
       process.malloc_free - process.malloc_fast},
      {mapped_bytes, process.malloc_mapped},
  };
  for (const auto& figure : figures) {
    const uint64_t difference =
        Difference(figure.walked, figure.said, process.malloc_is_narrow != 0);
    if (difference > tolerance) return RefuseDifference(difference);
  }
  return true;
}

bool MallocHeap::Find(uintptr_t word, NativeBlock* block) const {
  const uintptr_t header = word % kBlockAlignment;
  return (header == 0 || header == 8) && FindAt(word - header, block);
}

uint32_t MallocHeap::NumberAt(uintptr_t word) const {
  if (word % kBlockAlignment == 0) {
    const BlockRange* range = blocks_.RangeOf(word);
    if (range == nullptr || range->bits == nullptr) return kNoNumber;
    if (BlockMap::Has(*range, word)) return BlockMap::NumberOf(*range, word);
  }
  NativeBlock block;
  return Find(word, &block) ? NumberOf(block.start) : kNoNumber;
}

bool MallocHeap::FindAround(uintptr_t address, NativeBlock* block) const {
  const BlockRange* range = blocks_.RangeOf(address);
  if (range == nullptr) return false;
  const uintptr_t start = range->bits == nullptr
                              ? range->block
                              : BlockMap::LastUpTo(*range, address);
  return start != 0 && FindAt(start, block) &&
         address - start < block->bytes - kWordBytes;
}

bool MallocHeap::FindAt(uintptr_t start, NativeBlock* block) const {
  const BlockRange* range = blocks_.RangeOf(start);
  if (range == nullptr) return false;
  if (range->bits != nullptr) {
    if (!BlockMap::Has(*range, start)) return false;
    *block = {start, ChunkBytes(start - kChunkHeader) - kWordBytes, kWordBytes};
    return true;
  }
  if (start != range->block) return false;
  const MappedBlock mapped = ReadMappedBlock(range->start, start);
  *block = {start, mapped.bytes, range->end - range->start - mapped.bytes};
  return true;
}

}  // namespace heapgrind
