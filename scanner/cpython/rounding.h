/* How much more than asked for the allocators hand out.  Inline: a scan asks
   this for every block. */

#ifndef HEAPGRIND_SCANNER_CPYTHON_ROUNDING_H_
#define HEAPGRIND_SCANNER_CPYTHON_ROUNDING_H_

#include "compat.h"

#ifdef Py_GIL_DISABLED

/* mimalloc up to 128 KiB: up to 8 words in steps of 2, then 4 steps to each
   power of 2 (mimalloc's page-queue.c, _mi_bin); what is larger has pages of
   its own. */
static inline uint64_t hg_rounding_of(uint64_t bytes, int is_from_malloc) {
  (void)is_from_malloc;
  const uint64_t word = sizeof(void *);
  const uint64_t words = (bytes + word - 1) / word;
  uint64_t step = 2;
  if (words > 128 * 1024 / word) {
    step = 4096 / word;
  } else if (words > 8) {
    step = (uint64_t)1 << (61 - __builtin_clzll(words - 1));
  }
  return (words + step - 1) / step * step * word - bytes;
}

#else

/* pymalloc serves up to 512 bytes in steps of 16 (Objects/obmalloc.c); what is
   larger comes from malloc, which puts 8 bytes in front and rounds to 16, with
   32 as the least (glibc: malloc/malloc.c).  Half of that on 32 bits. */
static inline uint64_t hg_rounding_of(uint64_t bytes, int is_from_malloc) {
  const uint64_t step = 2 * sizeof(void *);
  const uint64_t front = is_from_malloc ? sizeof(void *) : 0;
  const uint64_t rounded = (bytes + front + step - 1) / step * step;
  return (is_from_malloc && rounded < 2 * step ? 2 * step : rounded) - bytes;
}

#endif

#endif /* HEAPGRIND_SCANNER_CPYTHON_ROUNDING_H_ */
