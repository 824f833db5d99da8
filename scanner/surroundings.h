/* What the scanner asks of its surroundings, beside the heap that it reads.

   The same sources read the heap from inside and from outside of a process, so
   what differs is here, and has two implementations:

   - process/ and cpython/calls.c: the extension module, which runs in the
     process, holds the GIL, and may call whatever the process may; without a GIL
     all threads of the interpreter stand while it scans (scan/stopped_world.h);
   - blob/: a piece of code that was put into a copy of the process which
     somebody made at any moment.  No function of the process may be called
     there that wants a lock, malloc, thread-local data or the GIL: other
     threads have left all that as it was, and do not come back.

   System calls, mem*() and str*() have their usual names; the blob brings its
   own.  Nothing else of the scanner calls the C library or the interpreter but
   for what reads memory and nothing more (PyDict_Next, tp_traverse, ...). */

#ifndef HEAPGRIND_SCANNER_SURROUNDINGS_H_
#define HEAPGRIND_SCANNER_SURROUNDINGS_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct dl_phdr_info;
struct _is;     /* PyInterpreterState */
struct _object; /* PyObject */

/* The interpreter */

/* The interpreter that is "this" one: the caller's; in a copy, the main one. */
struct _is *hg_current_interpreter(void);

/* While the list of interpreters is locked none is taken out of it: from 3.12
   on those with a GIL of their own come and go during a scan. */
void hg_lock_interpreters(void);
void hg_unlock_interpreters(void);

/* For a copy that a free-threaded build makes of itself while it visits its objects,
   and so has that list locked: the threads that wait for it are not there.  Whoever
   has waited longest would be handed the lock, and keep it. */
void hg_forget_waiting_threads(void);

/* Keeps the tables of tracemalloc, which traces, as they are (from 3.12 on). */
void hg_lock_traces(void);
void hg_unlock_traces(void);

/* sys.version, or its beginning. */
const char *hg_python_version(void);

/* What the signal of this number calls (up to 3.11; from 3.12 on it stands in
   _PyRuntime); NULL: nothing, or not known.  To be asked before the scan. */
struct _object *hg_find_signal_handler(int number);

/* True if SIGINT waits for Python to handle it: a write that was interrupted is
   to be given up. */
int hg_is_interrupted(void);

/* The process */

/* Bytes but for the first two; 0 where it is not known.  docs/dump_format.md,
   "The header", says what each is. */
typedef struct hg_process {
  uint64_t pid;
  uint64_t time; /* Seconds since 1970-01-01 UTC. */
  uint64_t resident;
  uint64_t swapped;
  uint64_t pymalloc_arenas;
  uint64_t pymalloc_used;
  uint64_t pymalloc_free;
  uint64_t malloc_used;
  uint64_t malloc_free;
  uint64_t malloc_mapped;
  /* Of malloc_free, what lies in fastbins; not in the header. */
  uint64_t malloc_fast;
  int malloc_is_narrow; /* Figures of malloc are right modulo 4 GiB. */
} hg_process;

/* The process that a dump is of, when the scan begins.  A forked copy must not
   be asked: it is another one. */
hg_process hg_read_process(void);

/* Adds pymalloc's figures where they could not be asked for then: in a copy of
   a process, to ask takes memory from malloc, whose heaps may grow.  To be
   called once those were looked at. */
void hg_add_pymalloc(hg_process *process);

/* Says from where the process was stopped if that was anywhere, not only where
   Python gives up the GIL; NULL: it holds the GIL. */
const char *hg_stopped_where(void);

/* Visits the program files that are loaded, as dl_iterate_phdr(3) does. */
void hg_visit_images(int (*visit)(struct dl_phdr_info *image, size_t size,
                                  void *context),
                     void *context);

/* True for addresses in program files. */
int hg_is_program_file(const void *address);

/* True if something is mapped at an address. */
int hg_is_mapped(const void *address);

/* True if the whole range may be read.  Slow in the extension. */
int hg_is_readable(uintptr_t start, size_t bytes);

/* True if the whole range may be read. */
typedef int (*hg_range_test)(const void *context, uintptr_t start,
                             size_t bytes);

/* For a copy of a process, where nothing changes any more, and which knows what
   may be read: from now on hg_is_readable asks that, and is quick.  The blob
   has its own table. */
void hg_use_readable(hg_range_test is_readable, const void *context);

typedef struct hg_mapping {
  uintptr_t start;
  uintptr_t end;  /* Of the byte behind. */
  int protection; /* PROT_READ, PROT_WRITE, PROT_EXEC. */
  int is_file;
  int is_shared;
} hg_mapping;

/* Visits what is mapped, in the order of addresses, until `visit` returns other
   than 0.  Returns 0 if the system does not tell. */
int hg_visit_mappings(int (*visit)(const hg_mapping *mapping, void *context),
                      void *context);

/* Writes what a file has in the page cache to the disk, and gives the cache
   back.  Does nothing for other than files, or in a copy that writes to a pipe.
 */
void hg_give_back_cache(int fd);

/* What may be wrong with the heap */

/* True if the heap is as the interpreter keeps it: it holds the GIL, and only
   objects have led to objects so far.  Else nothing is believed that was not
   looked up or compared. */
int hg_trusts_heap(void);

/* For a copy of a process, before it takes words of native memory for
   references: from now on the heap is not trusted, faults are caught, and so is
   what does not come to an end.  To be called once, and not in a process that
   runs on: it takes SIGSEGV, SIGBUS and SIGPROF. */
void hg_doubt_heap(void);

typedef enum {
  HG_DONE,
  HG_DAMAGED,    /* hg_give_up was called. */
  HG_UNREADABLE, /* It has read what is not there. */
  HG_UNENDING    /* It did not come to an end. */
} hg_outcome;

/* Runs a function, which may be ended anywhere: it must hold nothing that would
   have to be given back.  Where the heap is trusted, simply calls it.  Must not
   be nested. */
hg_outcome hg_guard(void (*run)(void *context), void *context);

/* Says that the guarded function goes on, however long it takes. */
void hg_note_progress(void);

/* More references than the heap has room for: no object has so many.  Any
   number where the heap is trusted. */
uint64_t hg_most_references(void);

/* Ends the guarded function.  Where the heap is trusted, never to be called. */
__attribute__((noreturn)) void hg_give_up(void);

#ifdef __cplusplus
}
#endif

#endif /* HEAPGRIND_SCANNER_SURROUNDINGS_H_ */
