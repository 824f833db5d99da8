#include "native/mapped_blocks.h"

#include <unistd.h>

#include "native/page_states.h"

namespace heapgrind {
namespace {

constexpr uintptr_t kLeastPage = 4096;
// In the word before the size, from 2.43 on.  Any number of Python's looks so,
// but for where it is: huge pages are whole.
constexpr uintptr_t kIsHuge = 1;
constexpr uintptr_t kLeastHugePage = uintptr_t{2} << 20;

// The block that a mapping begins with.
uintptr_t FirstBlock(uintptr_t start) { return start + kBlockAlignment; }

struct Found {
  uintptr_t start;
  uintptr_t end;
  uintptr_t block;
};

class Search {
 public:
  explicit Search(BlockMap* blocks)
      : blocks_(blocks), page_(static_cast<uintptr_t>(sysconf(_SC_PAGESIZE))) {}

  bool LookAt(const MemoryArea& area) {
    for (uintptr_t at = area.start; at < area.end;) {
      const BlockRange* heap = blocks_->RangeOf(at);
      Found found;
      if (heap != nullptr) {
        at = (heap->end + page_ - 1) & ~(page_ - 1);
      } else if (IsPresent(at) && FindAt(at, area.end, &found)) {
        if (!found_.Append(found)) return false;
        at = found.end;
      } else {
        at += page_;
      }
    }
    return true;
  }

  bool AddAll(uint64_t* bytes) {
    for (size_t i = 0; i < found_.size(); ++i) {
      const Found& found = found_[i];
      if (!blocks_->AddMapped(found.start, found.end, found.block))
        return false;
      *bytes += found.end - found.start;
    }
    blocks_->Sort();
    return true;
  }

 private:
  bool IsPresent(uintptr_t address) {
    return pages_.IsPresent(address / page_);
  }

  // Where a block had to be aligned, it begins farther behind, and the header
  // that the mapping begins with is of what was asked for at first; realloc
  // leaves that as it is.
  bool FindAt(uintptr_t start, uintptr_t end, Found* found) {
    if (ReadMappedBlock(start, FirstBlock(start)).bytes == 0) return false;
    for (uintptr_t alignment = 2 * kBlockAlignment; alignment < end - start;
         alignment *= 2) {
      const uintptr_t block =
          (FirstBlock(start) + alignment - 1) & ~(alignment - 1);
      if (block != FirstBlock(start) && block < end &&
          IsPresent(block - kChunkHeader) && Accept(start, end, block, found)) {
        return true;
      }
    }
    return Accept(start, end, FirstBlock(start), found);
  }

  static bool Accept(uintptr_t start, uintptr_t end, uintptr_t block,
                     Found* found) {
    const MappedBlock mapped = ReadMappedBlock(start, block);
    *found = {start, mapped.end, block};
    return mapped.bytes != 0 && mapped.end <= end;
  }

  BlockMap* blocks_;
  const uintptr_t page_;
  PageStates pages_;
  MappedArray<Found> found_;  // Sorted in at last.
};

}  // namespace

// Up to 2.42 the chunk ends with the mapping, and the last word is not the
// block's; from 2.43 on a header's room before the end.
MappedBlock ReadMappedBlock(uintptr_t start, uintptr_t block) {
  constexpr MappedBlock kNone = {0, 0};
  const uintptr_t chunk = block - kChunkHeader;
  const uintptr_t before = WordAt(chunk);
  if ((before & ~kIsHuge) != chunk - start) return kNone;
  if ((SizeWord(chunk) & kSizeFlags) != kIsMmapped) return kNone;
  const uintptr_t bytes = ChunkBytes(chunk);
  const uintptr_t end = chunk + bytes;
  if (bytes < kLeastChunk || end < chunk) return kNone;
  const bool is_whole = end % kLeastPage == 0;
  const uintptr_t mapping_end = is_whole ? end : end + kChunkHeader;
  const uintptr_t page = (before & kIsHuge) != 0 ? kLeastHugePage : kLeastPage;
  if (start % page != 0 || mapping_end % page != 0) return kNone;
  return {bytes - (is_whole ? kChunkHeader : kWordBytes), mapping_end};
}

bool FindMappedBlocks(const MemoryAreas& areas, BlockMap* blocks,
                      uint64_t* bytes) {
  Search search(blocks);
  for (size_t i = 0; i < areas.size(); ++i) {
    if (areas[i].is_data && !search.LookAt(areas[i])) return false;
  }
  return search.AddAll(bytes);
}

}  // namespace heapgrind
