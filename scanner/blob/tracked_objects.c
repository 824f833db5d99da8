/* Every object that the garbage collector tracks, in a copy of a free-threaded
   build, whose collector has no lists of its own: it asks mimalloc for all
   blocks that were handed out for such objects (Python/gc_free_threading.c,
   gc_visit_heaps).

   What makes a block an object here: it is in no list of free ones, its bit
   says that it is tracked, and it looks like one.  The bit is set when an
   object is complete, and no longer set when its block is given back.  So a
   list of free blocks that was just being changed, and leads nowhere, does no
   harm; and a block that a thread had just got, and holds what was there
   before, is hardly ever taken for an object. */

#include "cpython/internal.h"
#include "cpython/soundness.h"

#ifdef Py_GIL_DISABLED

#include <internal/pycore_tstate.h>

#include "blob/mimalloc_pages.h"

enum {
  kMostBlocks = UINT16_MAX + 1, /* The number of a page's has 16 bits. */
  kWordBits = 64,
  /* In front of an object that has them: its dictionary and weak references. */
  kPreHeader = 2 * sizeof(PyObject *),
  /* PYTHONMALLOC=debug puts two words in front of each block. */
  kDebugBytes = 2 * sizeof(size_t),
  kThreadFlags = 3, /* In the address of the list that other threads free to. */
};

static hg_segments segments;
static size_t debug_bytes;

/* True if blocks of the page are for objects that may be tracked. */
static int is_for_tracked(const hg_page *page) {
  const int tag = page->header->tag;
  return tag == _Py_MIMALLOC_HEAP_GC || tag == _Py_MIMALLOC_HEAP_GC_PRE;
}

/* Bytes of a block in front of its object. */
static size_t bytes_in_front(const hg_page *page) {
  const int has_pre_header = page->header->tag == _Py_MIMALLOC_HEAP_GC_PRE;
  return debug_bytes + (has_pre_header ? kPreHeader : 0);
}

/* Other interpreters run on inside while this one is scanned, and are left out
   here, too.  A page whose thread has ended is nobody's. */
static int is_of_interpreter(const hg_page *page) {
  const char *heap = (const char *)mi_page_heap(page->header);
  if (heap == NULL) return 1;
  const _PyThreadStateImpl *owner =
      (const _PyThreadStateImpl *)(heap -
                                   page->header->tag * sizeof(mi_heap_t) -
                                   offsetof(_PyThreadStateImpl,
                                            mimalloc.heaps));
  return hg_is_readable((uintptr_t)owner, sizeof *owner) &&
         owner->base.interp == hg_current_interpreter();
}

/* the objects of one page */

/* A bit for each block: at first for those that are not free, then for objects.
 */
static uint64_t is_object[kMostBlocks / kWordBits];

static void clear(size_t block) {
  is_object[block / kWordBits] &= ~((uint64_t)1 << block % kWordBits);
}

static int is_set(size_t block) {
  return (int)(is_object[block / kWordBits] >> block % kWordBits & 1);
}

static void clear_free(const hg_page *page, uintptr_t first) {
  uintptr_t block = first;
  for (size_t i = 0; block != 0 && i < page->count; ++i) {
    const size_t offset = block - (uintptr_t)page->start;
    const size_t number = offset / page->block_bytes;
    if (number >= page->count || offset % page->block_bytes != 0 ||
        !hg_is_readable(block, sizeof block)) {
      return;
    }
    clear(number);
    block = ((const mi_block_t *)block)->next;
  }
}

static PyObject *object_in(const hg_page *page, size_t block) {
  return (PyObject *)(page->start + block * page->block_bytes +
                      bytes_in_front(page));
}

static int is_tracked(PyObject *object) {
  return hg_is_readable((uintptr_t)object, sizeof *object) &&
         (object->ob_gc_bits & _PyGC_BITS_TRACKED) != 0 &&
         Py_REFCNT(object) > 0 && hg_is_sound(object) &&
         PyType_IS_GC(Py_TYPE(object));
}

/* To be guarded. */
static void find_objects(void *context) {
  const hg_page *page = (const hg_page *)context;
  memset(is_object, 0xff, sizeof is_object);
  clear_free(page, (uintptr_t)page->header->free);
  clear_free(page, (uintptr_t)page->header->local_free);
  clear_free(page, page->header->xthread_free & ~(uintptr_t)kThreadFlags);
  for (size_t block = 0; block < page->count; ++block) {
    if (is_set(block) && !is_tracked(object_in(page, block))) clear(block);
  }
}

/* the walk */

typedef struct {
  hg_object_function visit;
  void *context;
} object_visit;

static void visit_page(const hg_page *page, void *context) {
  const object_visit *visit = (const object_visit *)context;
  hg_page own = *page;
  if (!is_for_tracked(page) || !is_of_interpreter(page)) return;
  if (hg_guard(find_objects, &own) != HG_DONE) return;
  for (size_t block = 0; block < own.count; ++block) {
    if (is_set(block)) visit->visit(visit->context, object_in(&own, block));
  }
}

void hg_walk_heap(hg_object_function visit, void *context) {
  object_visit all = {visit, context};
  hg_visit_pages(&segments, visit_page, &all);
}

/* the proof */

/* True if a dictionary that is known is where the walk looks for those.  It
   need not be tracked: once a program has threads, those of modules are not any
   more. */
static int is_found(PyObject *dict) {
  hg_page page;
  if (!hg_learn_segments(dict, &segments, &page)) return 0;
  if (page.header->tag != _Py_MIMALLOC_HEAP_GC || !is_of_interpreter(&page)) {
    return 0;
  }
  const size_t offset = (size_t)((char *)dict - page.start);
  const size_t in_front = offset % page.block_bytes;
  debug_bytes = in_front;
  return offset / page.block_bytes < page.count &&
         (in_front == 0 || in_front == kDebugBytes);
}

int hg_gc_lists_agree(void) {
  const int is_modules_found = is_found(hg_modules());
  const hg_segments first = segments;
  const size_t first_bytes = debug_bytes;
  return is_modules_found && is_found(hg_sys_dict()) &&
         segments.cookie == first.cookie && debug_bytes == first_bytes;
}

#endif
