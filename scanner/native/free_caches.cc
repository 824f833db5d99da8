#include "native/free_caches.h"

#include <algorithm>

#include "surroundings.h"

namespace heapgrind {
namespace {

constexpr size_t kSmallLists = 64;
constexpr size_t kMostInCache = UINT16_MAX;
constexpr size_t kMostInFastBin = size_t{1} << 26;
constexpr size_t kMostFastBins = 11;
// A cache has more lists that are as they should be for each that is not.
constexpr size_t kFilledForBroken = 4;

constexpr int kPageBits = 12;  // Of safe linking, whatever pages have.

constexpr uintptr_t ChunkBytesFor(uintptr_t bytes) {
  return (bytes + kWordBytes + kBlockAlignment - 1) & ~(kBlockAlignment - 1);
}

// The chunks of the first list are the least there are.
constexpr uintptr_t ListChunkBytes(size_t list) {
  return ((kLeastChunk + kBlockAlignment - 1) & ~(kBlockAlignment - 1)) +
         list * kBlockAlignment;
}

size_t CountAt(uintptr_t cache, size_t count_bytes, size_t list) {
  const uintptr_t at = cache + list * count_bytes;
  return count_bytes == 1 ? *reinterpret_cast<const uint8_t*>(at)
                          : *reinterpret_cast<const uint16_t*>(at);
}

// A list that changes at the moment may count one more or less.
bool IsNear(size_t a, size_t b) { return a + 1 >= b && b + 1 >= a; }

}  // namespace

// Of 2.26, 2.30 and 2.42.
const FreeCaches::Layout FreeCaches::kLayouts[] = {{kSmallLists, 1, false},
                                                   {kSmallLists, 2, false},
                                                   {kSmallLists + 12, 2, true}};

// Most blocks of such a size are none: a list of a cache has blocks if and only
// if it counts some, but for one that changes at the moment; and they are
// aligned.
bool FreeCaches::Note(uintptr_t block, uintptr_t chunk_bytes) {
  for (const Layout& layout : kLayouts) {
    const uintptr_t lists = block + layout.num_lists * layout.count_bytes;
    const uintptr_t least =
        ChunkBytesFor(lists - block + layout.num_lists * kWordBytes);
    // What is too small for a chunk of its own is not split off.
    if (chunk_bytes - least >= kLeastChunk) continue;
    size_t num_filled = 0;
    size_t num_broken = 0;
    for (size_t i = 0; i < layout.num_lists; ++i) {
      const uintptr_t first = WordAt(lists + i * kWordBytes);
      if (first % kBlockAlignment != 0) return true;
      if (first != 0) ++num_filled;
      if (!layout.counts_down &&
          (first != 0) != (CountAt(block, layout.count_bytes, i) != 0)) {
        ++num_broken;
      }
    }
    return num_filled <= kFilledForBroken * num_broken ||
           candidates_.Append({block, layout});
  }
  return true;
}

// Visits the blocks of a chain; a link is `distance` bytes behind a block's
// chunk's first word that links lead to.  From 2.32 on links are mangled with
// their own address, first ones are not.  False if it leads elsewhere, or is
// longer than `most`.
template <typename Visit>
bool FreeCaches::VisitChain(uintptr_t first, uintptr_t distance, size_t most,
                            bool is_mangled, const Visit& visit) const {
  uintptr_t place = first;
  for (size_t i = 0; place != 0; ++i) {
    const uintptr_t block = place + distance;
    if (i >= most || !blocks_.HasInHeap(block)) return false;
    const uintptr_t link = WordAt(block);
    place = is_mangled ? block >> kPageBits ^ link : link;
    if (!visit(block)) return false;
  }
  return true;
}

bool FreeCaches::IsList(const Candidate& cache, size_t list, bool is_mangled,
                        size_t* length) const {
  const Layout& layout = cache.layout;
  const uintptr_t first = WordAt(
      cache.block + layout.num_lists * layout.count_bytes + list * kWordBytes);
  *length = 0;
  return VisitChain(first, 0, kMostInCache, is_mangled, [&](uintptr_t block) {
    ++*length;
    const uintptr_t bytes = ChunkBytes(block - kChunkHeader);
    return list < kSmallLists ? bytes == ListChunkBytes(list)
                              : bytes > ListChunkBytes(kSmallLists - 1);
  });
}

// What is counted down has the same room in all lists.  Where threads ran while
// the copy was made, a list may lead to a block that was handed out meanwhile.
bool FreeCaches::IsCache(const Candidate& cache, bool is_mangled) const {
  size_t room = 0;
  size_t num_broken = 0;
  size_t num_filled = 0;
  for (size_t i = 0; i < cache.layout.num_lists; ++i) {
    size_t length;
    bool is_good = IsList(cache, i, is_mangled, &length);
    const size_t count = CountAt(cache.block, cache.layout.count_bytes, i);
    if (cache.layout.counts_down) {
      if (i == 0) room = count + length;
      is_good = is_good && IsNear(count + length, room);
    } else {
      is_good = is_good && IsNear(count, length);
    }
    if (is_good && length > 0) ++num_filled;
    if (!is_good) ++num_broken;
  }
  return num_filled > kFilledForBroken * num_broken;
}

uint64_t FreeCaches::Drop(uintptr_t first, uintptr_t distance,
                          bool is_mangled) {
  uint64_t bytes = 0;
  VisitChain(first, distance, kMostInFastBin, is_mangled, [&](uintptr_t block) {
    bytes += ChunkBytes(block - kChunkHeader);
    BlockMap::Unset(*blocks_.RangeOf(block), block);
    return true;
  });
  return bytes;
}

uint64_t FreeCaches::DropThreadCaches() {
  uint64_t bytes = 0;
  for (size_t i = 0; i < candidates_.size(); ++i) {
    const Candidate& cache = candidates_[i];
    const bool is_mangled = IsCache(cache, true);
    if (!is_mangled && !IsCache(cache, false)) continue;
    const uintptr_t lists =
        cache.block + cache.layout.num_lists * cache.layout.count_bytes;
    for (size_t list = 0; list < cache.layout.num_lists; ++list) {
      size_t length;
      if (!IsList(cache, list, is_mangled, &length)) continue;
      bytes += Drop(WordAt(lists + list * kWordBytes), 0, is_mangled);
    }
    hg_note_progress();
  }
  return bytes;
}

// They stand before the top chunk's address; what else stands there leads to no
// block.  Links lead from chunk to chunk, whose sizes are small and equal.
uint64_t FreeCaches::DropFastBins(const MallocHeaps& heaps) {
  uint64_t bytes = 0;
  for (size_t i = 0; i < heaps.arenas.size(); ++i) {
    const Arena arena(heaps.arenas[i]);
    for (size_t bin = 1; bin <= std::min(kMostFastBins, heaps.num_fast_bins);
         ++bin) {
      const uintptr_t first = WordAt(arena.top_field() - bin * kWordBytes);
      uintptr_t size = 0;
      const auto is_free = [&](uintptr_t block) {
        const uintptr_t chunk_bytes = ChunkBytes(block - kChunkHeader);
        if (size == 0) size = chunk_bytes;
        return chunk_bytes == size && size <= 22 * kWordBytes;
      };
      for (const bool is_mangled : {true, false}) {
        size = 0;
        if (!VisitChain(first, kChunkHeader, kMostInFastBin, is_mangled,
                        is_free)) {
          continue;
        }
        bytes += Drop(first, kChunkHeader, is_mangled);
        break;
      }
    }
    hg_note_progress();
  }
  return bytes;
}

}  // namespace heapgrind
