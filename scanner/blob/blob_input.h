/* What a program hands to a blob: the scanner as one piece of code that runs in
   a copy of a process, of which it takes nothing but memory to read.

   A blob is an ELF file of its own for each version of CPython.  It is mapped
   anywhere, relocated by whoever maps it, and entered at its e_entry with the
   address of an hg_blob_input as the first argument, on a stack of its own of
   at least 1 MiB.  It never returns: it ends the process, with 0 if the dump is
   whole, else with 1 after a line on `message_fd`.

   All pointers are addresses in the copy, as numbers, so that 32-bit and 64-bit
   programs agree on the layout.  Whoever changes it raises HG_BLOB_ABI. */

#ifndef HEAPGRIND_SCANNER_BLOB_BLOB_INPUT_H_
#define HEAPGRIND_SCANNER_BLOB_BLOB_INPUT_H_

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { HG_BLOB_ABI = 2 };

enum { HG_BLOB_MAPPING_FILE = 1, HG_BLOB_MAPPING_SHARED = 2 };

/* How native memory is written: not at all, a record for each block, or one for
   many (record/scan_options.h). */
enum {
  HG_BLOB_NATIVE_NO = 0,
  HG_BLOB_NATIVE_BLOCKS = 1,
  HG_BLOB_NATIVE_GROUPS = 2,
};

/* What is mapped from `start` to before `end`. */
typedef struct hg_blob_mapping {
  uint64_t start;
  uint64_t end;
  uint32_t protection; /* PROT_READ, PROT_WRITE, PROT_EXEC. */
  uint32_t flags;      /* HG_BLOB_MAPPING_*. */
} hg_blob_mapping;

/* An ELF file that is loaded; all its segments lie within. */
typedef struct hg_blob_image {
  uint64_t start;
  uint64_t end;
  uint64_t name; /* Of its path, which ends with a zero byte. */
} hg_blob_image;

typedef struct hg_blob_thread {
  uint64_t tid;     /* As the kernel of the target's namespace counts. */
  uint64_t fs_base; /* 0: not known. */
} hg_blob_thread;

typedef struct hg_blob_input {
  uint32_t abi;  /* HG_BLOB_ABI. */
  uint32_t size; /* Of this struct, bytes. */

  int32_t dump_fd;    /* For the dump: JSON lines, not compressed. */
  int32_t message_fd; /* For one line, if the blob refuses; and for a zero byte
                         now and then, while it goes on without a record. */

  /* Of the process, at the stop: its number and seconds since 1970 as it sees
     them itself, and bytes; 0: not known. */
  uint64_t pid;
  uint64_t time;
  uint64_t rss;
  uint64_t swap;

  uint64_t value_length; /* As in record/scan_options.h. */
  uint64_t max_references;
  uint64_t native; /* HG_BLOB_NATIVE_*. */

  /* Arrays.  Mappings in the order of their addresses, without the blob's own;
     the forked thread first. */
  uint64_t mappings;
  uint64_t num_mappings;
  uint64_t images;
  uint64_t num_images;
  uint64_t threads;
  uint64_t num_threads;

  /* Functions of the process's libc; 0: not there. */
  uint64_t malloc_info;     /* mallinfo2 */
  uint64_t malloc_info_old; /* mallinfo */
  uint64_t fmemopen;
  uint64_t fclose;
} hg_blob_input;

#ifdef __cplusplus
}
#endif

#endif /* HEAPGRIND_SCANNER_BLOB_BLOB_INPUT_H_ */
