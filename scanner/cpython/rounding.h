/* Which allocator hands out a block, and how much more than asked for.  Inline: a
   scan asks this for every block. */

#ifndef HEAPGRIND_SCANNER_CPYTHON_ROUNDING_H_
#define HEAPGRIND_SCANNER_CPYTHON_ROUNDING_H_

#include "compat.h"

/* malloc puts 8 bytes in front and rounds to 16, with 32 as the least (glibc:
   malloc/malloc.c).  Half of that on 32 bits. */
static inline uint64_t hg_malloc_rounding_of(uint64_t bytes) {
  const uint64_t step = 2 * sizeof(void *);
  const uint64_t rounded =
      (bytes + sizeof(void *) + step - 1) / step * step;
  return (rounded < 2 * step ? 2 * step : rounded) - bytes;
}

#ifdef Py_GIL_DISABLED

/* Blocks of any size are mimalloc's, but for those that are asked of malloc. */
static inline int hg_is_for_malloc(uint64_t bytes) {
  (void)bytes;
  return !hg_has_pymalloc();
}

/* mimalloc up to 128 KiB: up to 8 words in steps of 2, then 4 steps to each
   power of 2 (mimalloc's page-queue.c, _mi_bin); what is larger has pages of
   its own. */
static inline uint64_t hg_rounding_of(uint64_t bytes, int is_from_malloc) {
  const uint64_t word = sizeof(void *);
  const uint64_t words = (bytes + word - 1) / word;
  uint64_t step = 2;
  if (is_from_malloc) return hg_malloc_rounding_of(bytes);
  if (words > 128 * 1024 / word) {
    step = 4096 / word;
  } else if (words > 8) {
    step = (uint64_t)1 << (61 - __builtin_clzll(words - 1));
  }
  return (words + step - 1) / step * step * word - bytes;
}

#else

/* pymalloc serves up to 512 bytes in steps of 16 (Objects/obmalloc.c), half of
   that on 32 bits; what is larger comes from malloc. */
static inline int hg_is_for_malloc(uint64_t bytes) {
  return bytes > 512 || !hg_has_pymalloc();
}

static inline uint64_t hg_rounding_of(uint64_t bytes, int is_from_malloc) {
  const uint64_t step = 2 * sizeof(void *);
  if (is_from_malloc) return hg_malloc_rounding_of(bytes);
  return (bytes + step - 1) / step * step - bytes;
}

#endif

#endif /* HEAPGRIND_SCANNER_CPYTHON_ROUNDING_H_ */
