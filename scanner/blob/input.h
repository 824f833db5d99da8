/* The input of this blob, and what the other files of the folder make of it. */

#ifndef HEAPGRIND_SCANNER_BLOB_INPUT_H_
#define HEAPGRIND_SCANNER_BLOB_INPUT_H_

#include <stddef.h>
#include <stdint.h>

#include "blob/blob_input.h"
#include "surroundings.h"

#ifdef __cplusplus
extern "C" {
#endif

extern const hg_blob_input *hg_input;

/* Ends the process after a line on message_fd, which says why. */
__attribute__((noreturn)) void hg_refuse(const char *why);

/* The image that holds an address; NULL if none does. */
const hg_blob_image *hg_image_of(const void *address);

/* mappings.c: the end of the readable memory that begins at or before `address`
   and has no gap; 0 if `address` may not be read.  Fast for neighbours. */
uintptr_t hg_readable_end(uintptr_t address);

/* guard.c: catches faults and what takes too long, in hg_guard. */
void hg_catch_faults(void);

/* guard.c: hg_guard of what may wait for ever, without using the processor: for
   a lock of malloc's that a thread had which is not in the copy. */
hg_outcome hg_guard_in_time(void (*run)(void *context), void *context);

/* private_tables.c, up to 3.10: tables of the interpreter without a name. */
void hg_find_private_tables(void);

/* thread_word.c: lets functions of the interpreter that ask for the current
   thread find one.  Returns NULL, or why it cannot. */
const char *hg_set_thread(void);

/* system_calls.c */
long hg_call(long number, long a, long b, long c, long d, long e, long f);
__attribute__((noreturn)) void hg_exit(int status);

#ifdef __cplusplus
}
#endif

#endif /* HEAPGRIND_SCANNER_BLOB_INPUT_H_ */
