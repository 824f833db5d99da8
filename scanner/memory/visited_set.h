// Which addresses the scan has met, and which of them it still has to visit.
//
// A bitmap in two levels: a hash table of the touched 64 KiB pages of the
// address space, and one bit for each 16 bytes of such a page.  No two objects
// begin in the same 16 bytes, because none is smaller; so the bit is the
// object.  This costs 0.8 % of the memory that holds objects, and once more
// where objects had to be postponed.
//
// Postponed addresses are what keeps the scan's worklist small: what does not
// fit into it is a second bit, from which the address is computed back; and a
// third for objects that begin at 8 modulo 16, as small ones of Python 2 do.

#ifndef HEAPGRIND_SCANNER_MEMORY_VISITED_SET_H_
#define HEAPGRIND_SCANNER_MEMORY_VISITED_SET_H_

#include <cstddef>
#include <cstdint>

#include "memory/mapped_array.h"

namespace heapgrind {

class VisitedSet {
 public:
  VisitedSet() = default;
  VisitedSet(const VisitedSet&) = delete;
  VisitedSet& operator=(const VisitedSet&) = delete;
  ~VisitedSet();

  // Adds `address`, and says whether it was absent.  Out of memory, it says
  // false and out_of_memory() is true from then on.
  bool Insert(uintptr_t address);

  // Says whether `address` was inserted.
  bool Contains(uintptr_t address);

  // Remembers an address, which was inserted before, for TakePostponed.
  void Postpone(uintptr_t address);

  // Takes any postponed address; 0 if there is none.
  uintptr_t TakePostponed();

  bool out_of_memory() const { return out_of_memory_; }

 private:
  static constexpr int kPageBits = 16;
  static constexpr uintptr_t kGranule = 2 * sizeof(void*);
  static constexpr size_t kWords = (uintptr_t{1} << kPageBits) / kGranule / 64;

  struct Page {
    uintptr_t number;  // Address >> kPageBits.
    uint64_t* postponed;
    uint64_t* is_odd;  // Which of the postponed begin in mid-granule.
    Page* next_with_postponed;
    uint64_t visited[kWords];
  };

  struct CacheSlot {
    uintptr_t number;
    Page* page;  // Null: there is none, if the slot is in use.
    bool is_in_use;
  };

  // Where in a page's bitmaps an address is.
  struct Bit {
    size_t word;
    uint64_t mask;
  };

  static Bit BitOf(uintptr_t address) {
    const uintptr_t index =
        (address & ((uintptr_t{1} << kPageBits) - 1)) / kGranule;
    return {static_cast<size_t>(index / 64), uint64_t{1} << (index % 64)};
  }

  Page* FindPage(uintptr_t number);
  Page* FindPageInTable(uintptr_t number);
  Page* FindOrAddPage(uintptr_t number);
  Page* AddPage(uintptr_t number);
  bool GrowTable();
  void Place(Page* page);
  void* Allocate(size_t bytes);
  uint64_t* AllocateBits();
  bool SetPostponedBit(Page* page, uintptr_t address);

  static constexpr size_t kCacheSize = 256;
  CacheSlot cache_[kCacheSize] = {};
  Page** table_ = nullptr;  // Open addressing, linear probing.
  size_t table_size_ = 0;   // A power of two.
  size_t num_pages_ = 0;
  Page* first_with_postponed_ = nullptr;
  size_t postponed_word_ = 0;  // Where to go on in the first such page.
  MappedArray<void*> chunks_;
  char* chunk_ = nullptr;
  size_t chunk_left_ = 0;  // Bytes.
  bool out_of_memory_ = false;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_MEMORY_VISITED_SET_H_
