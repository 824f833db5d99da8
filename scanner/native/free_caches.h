// Blocks that are free although their chunks say "in use": those that malloc
// keeps in fastbins (up to glibc 2.42), and each thread in its cache (from 2.26
// on; glibc, malloc/malloc.c, struct tcache_perthread_struct).
//
// No list has the caches of threads.  They are blocks themselves, found by
// their size and by what is in them: chains of blocks in use, each of its
// list's size, which end.

#ifndef HEAPGRIND_SCANNER_NATIVE_FREE_CACHES_H_
#define HEAPGRIND_SCANNER_NATIVE_FREE_CACHES_H_

#include <cstddef>
#include <cstdint>

#include "memory/mapped_array.h"
#include "native/block_map.h"
#include "native/malloc_heaps.h"

namespace heapgrind {

class FreeCaches {
 public:
  explicit FreeCaches(const BlockMap& blocks) : blocks_(blocks) {}

  // Remembers a block in use which may be a thread's cache.  False if there is
  // no memory left.  `chunk_bytes` is the size of its chunk.
  bool Note(uintptr_t block, uintptr_t chunk_bytes);

  // Take free blocks out of the map.  Return their chunks' bytes.
  uint64_t DropThreadCaches();
  uint64_t DropFastBins(const MallocHeaps& heaps);

 private:
  // How a cache is laid out: counts of so many bytes, one for each list; then
  // the lists' first blocks.
  struct Layout {
    size_t num_lists;
    size_t count_bytes;
    bool counts_down;  // What there is room for, not what is there.
  };

  struct Candidate {
    uintptr_t block;
    Layout layout;
  };

  static const Layout kLayouts[];

  template <typename Visit>
  bool VisitChain(uintptr_t first, uintptr_t distance, size_t most,
                  bool is_mangled, const Visit& visit) const;
  bool IsCache(const Candidate& cache, bool is_mangled) const;
  bool IsList(const Candidate& cache, size_t list, bool is_mangled,
              size_t* length) const;
  uint64_t Drop(uintptr_t first, uintptr_t distance, bool is_mangled);

  const BlockMap& blocks_;
  MappedArray<Candidate> candidates_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_NATIVE_FREE_CACHES_H_
