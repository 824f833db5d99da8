/* Whether the interpreter that runs is laid out as the headers say from which
   the scanner was built.

   Patch releases of Python move fields of private structs now and then, and
   whoever builds Python may; what is read at the wrong place leads anywhere. So
   this is asked before the first object is read.

   All that is compared was made by the interpreter at another place than where
   it is read: sizes that its types tell, offsets that it tells debuggers, lists
   that must close, the version that stands in a string. */

#ifndef HEAPGRIND_SCANNER_CPYTHON_PROOF_H_
#define HEAPGRIND_SCANNER_CPYTHON_PROOF_H_

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* NULL, or what does not agree: "expected ..., got ...", one line, which holds
   until the next call.  What is not laid out as expected may fault. */
const char *hg_find_mismatch(void);

/* proof_by_calls.c: the same for the extension module, which first asks
   functions of the interpreter, so that nothing is read that is not proven to
   be there; hg_is_readable should be quick.  Wants the GIL. */
const char *hg_find_mismatch_by_calls(void);

/* debug_offsets.c, from 3.13 on: NULL, or where a field is elsewhere than the
   interpreter tells debuggers. */
const char *hg_find_wrong_offset(void);

/* NULL, or another version than the headers'; patch releases are not told
   apart. */
const char *hg_find_wrong_number(void);

/* Write what does not agree: "expected `what``of`, got ...". */
const char *hg_expected(const char *what, const char *of, const char *got);
const char *hg_expected_number(uint64_t number, const char *what,
                               const char *of, uint64_t got);

#ifdef __cplusplus
}
#endif

#endif /* HEAPGRIND_SCANNER_CPYTHON_PROOF_H_ */
