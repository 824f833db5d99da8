/* The snapshot for callers in C, such as a debugger that has stopped the
   process where its thread holds the GIL. */

#ifndef HEAPGRIND_SCANNER_HEAPGRIND_SNAPSHOT_H_
#define HEAPGRIND_SCANNER_HEAPGRIND_SNAPSHOT_H_

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  HEAPGRIND_LOW_MEMORY = 1,     /* Works in temporary files. */
  HEAPGRIND_GZIP = 2,           /* Compresses. */
  HEAPGRIND_ZSTD = 8,           /* Compresses. */
  HEAPGRIND_NATIVE = 16,        /* Follows native memory, block by block. */
  HEAPGRIND_NATIVE_GROUPS = 32, /* The same; many blocks may be one record. */
  HEAPGRIND_KEEP_OLD = 4,       /* Fails with EEXIST if `path` is there. */
};

/* Forks a copy of this process that writes a dump to `path`, and goes on.  The
   GIL must be held, and the module heapgrind._scanner have been imported.

   value_length: characters of each string; 0: of dictionary keys alone.
   max_references: of those without names, in a record; 0: any number.
   max_bytes: of the file; 0: any number.
   flags: of those above.

   Returns the number of the copy, which is no concern of the caller's, or an
   errno below 0. */
int heapgrind_snapshot(const char *path, size_t value_length,
                       size_t max_references, uint64_t max_bytes, int flags);

#ifdef __cplusplus
}
#endif

#endif /* HEAPGRIND_SCANNER_HEAPGRIND_SNAPSHOT_H_ */
