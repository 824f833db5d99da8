/* The pages of mimalloc, which a free-threaded build of Python takes its
   objects from: pieces of memory that hold blocks of one size.

   mimalloc lists them, for each thread and for threads that have ended, but a
   thread may have been stopped while it changed a list.  So no list is followed
   here: pages lie in segments, which begin at multiples of their size, and bear
   a number of the process in front.

       segment | slices: 512 headers of pages | blocks | blocks | ... |
               ^ multiple of 32 MiB             ^ multiples of 64 KiB

   Layout: Include/internal/mimalloc/mimalloc/types.h;
   Objects/mimalloc/segment.c, of 3.13. */

#ifndef HEAPGRIND_SCANNER_BLOB_MIMALLOC_PAGES_H_
#define HEAPGRIND_SCANNER_BLOB_MIMALLOC_PAGES_H_

#include "cpython/internal.h"

#ifdef Py_GIL_DISABLED

#include <internal/pycore_mimalloc.h>

typedef struct hg_page {
  const mi_page_t *header;
  char *start;        /* Of the first block. */
  size_t block_bytes; /* Of each. */
  size_t count;       /* Of blocks, free ones and others. */
} hg_page;

/* What is known of the process: the number that segments bear. */
typedef struct hg_segments {
  uintptr_t cookie;
} hg_segments;

/* Takes the number from the segment that holds an address, and sets its page.
   Returns 0 if there is no segment, or it is not laid out so. */
int hg_learn_segments(const void *address, hg_segments *segments,
                      hg_page *page);

/* Visits all pages that hold blocks which are large enough for objects.  Must
   not be guarded, but its reading is. */
typedef void (*hg_page_function)(const hg_page *page, void *context);
void hg_visit_pages(const hg_segments *segments, hg_page_function visit,
                    void *context);

#endif /* Py_GIL_DISABLED */

#endif /* HEAPGRIND_SCANNER_BLOB_MIMALLOC_PAGES_H_ */
