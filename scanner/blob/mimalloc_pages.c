#include "blob/mimalloc_pages.h"

#include <sys/mman.h>

#include "surroundings.h"

#ifdef Py_GIL_DISABLED

#if MI_SECURE || MI_PADDING || MI_ENCODE_FREELIST
#error "heapgrind knows mimalloc as releases have it"
#endif

enum {
  kInfoSlices = (sizeof(mi_segment_t) + MI_SEGMENT_SLICE_SIZE - 1) /
                MI_SEGMENT_SLICE_SIZE,
  /* _mi_segment_page_start_from_slice: small blocks do not begin where a page
     of the system does. */
  kSmallBlock = 64,
  kMediumBlock = 512,
};

static uintptr_t cookie_of(const mi_segment_t *segment) {
  return segment->cookie ^ (uintptr_t)segment;
}

static int is_laid_out(const mi_segment_t *segment) {
  return hg_is_readable((uintptr_t)segment, sizeof *segment) &&
         segment->segment_info_slices == kInfoSlices &&
         segment->slice_entries > kInfoSlices &&
         segment->slice_entries <= MI_SLICES_PER_SEGMENT;
}

static size_t bytes_before_blocks(size_t block_bytes) {
  if (block_bytes <= kSmallBlock) return 3 * block_bytes;
  return block_bytes <= kMediumBlock ? block_bytes : 0;
}

/* The page whose header is the slice at `index`.  Returns 0 if none is, or it
   is just being made. */
static int read_page(const mi_segment_t *segment, size_t index, hg_page *page) {
  const mi_page_t *header = &segment->slices[index];
  const size_t bytes = (size_t)header->slice_count * MI_SEGMENT_SLICE_SIZE;
  const size_t block_bytes =
      header->xblock_size < MI_HUGE_BLOCK_SIZE ? header->xblock_size : bytes;
  const size_t before = bytes_before_blocks(block_bytes);
  if (header->slice_count == 0 || header->slice_offset != 0) return 0;
  if (block_bytes < sizeof(PyObject) || block_bytes % sizeof(void *) != 0) {
    return 0;
  }
  page->header = header;
  page->start = (char *)segment + index * MI_SEGMENT_SLICE_SIZE + before;
  page->block_bytes = block_bytes;
  page->count = header->capacity;
  return before + page->count * block_bytes <= bytes;
}

/* Where a page has several slices, its second and others lead back to it. */
int hg_learn_segments(const void *address, hg_segments *segments,
                      hg_page *page) {
  const uintptr_t offset = (uintptr_t)address & MI_SEGMENT_MASK;
  const mi_segment_t *segment =
      (const mi_segment_t *)((uintptr_t)address - offset);
  if (!is_laid_out(segment)) return 0;
  segments->cookie = cookie_of(segment);
  const size_t slice = offset / MI_SEGMENT_SLICE_SIZE;
  const size_t back = segment->slices[slice].slice_offset / sizeof(mi_slice_t);
  return slice < segment->slice_entries && back <= slice &&
         read_page(segment, slice - back, page);
}

typedef struct {
  const hg_segments *segments;
  hg_page_function visit;
  void *context;
} page_visit;

static void visit_segment(const mi_segment_t *segment,
                          const page_visit *visit) {
  hg_page page;
  size_t index = kInfoSlices;
  while (index < segment->slice_entries) {
    const size_t count = segment->slices[index].slice_count;
    if (read_page(segment, index, &page)) visit->visit(&page, visit->context);
    index += count == 0 ? 1 : count;
  }
}

/* Huge pages are called a file, too. */
static int is_memory(const hg_mapping *mapping) {
  const int kWanted = PROT_READ | PROT_WRITE;
  return (mapping->protection & kWanted) == kWanted && !mapping->is_shared;
}

typedef struct {
  const mi_segment_t *segment;
  uintptr_t cookie; /* Of the process. */
  int is_one;
} segment_test;

/* To be guarded: a file may be shorter than what is mapped. */
static void test_segment(void *context) {
  segment_test *test = (segment_test *)context;
  test->is_one =
      is_laid_out(test->segment) && cookie_of(test->segment) == test->cookie;
}

static int is_segment(const mi_segment_t *address,
                      const hg_segments *segments) {
  segment_test test = {address, segments->cookie, 0};
  return hg_guard(test_segment, &test) == HG_DONE && test.is_one;
}

static int visit_mapping(const hg_mapping *mapping, void *context) {
  const page_visit *visit = (const page_visit *)context;
  if (!is_memory(mapping)) return 0;
  uintptr_t start = (mapping->start + MI_SEGMENT_MASK) & ~MI_SEGMENT_MASK;
  for (; start < mapping->end; start += MI_SEGMENT_SIZE) {
    const mi_segment_t *segment = (const mi_segment_t *)start;
    if (is_segment(segment, visit->segments)) visit_segment(segment, visit);
  }
  return 0;
}

void hg_visit_pages(const hg_segments *segments, hg_page_function visit,
                    void *context) {
  page_visit all = {segments, visit, context};
  hg_visit_mappings(visit_mapping, &all);
}

#endif
