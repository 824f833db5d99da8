/* Tables of the interpreter that have no exported name.

   They lie in the interpreter's own variables, and what they hold is so special
   that it tells the table: no other 256 words in a row are strings of one
   character, each at its character's place, or NULL. */

#ifndef HEAPGRIND_SCANNER_BLOB_PRIVATE_TABLES_H_
#define HEAPGRIND_SCANNER_BLOB_PRIVATE_TABLES_H_

#include "cpython/internal.h"

/* Up to 3.9: the strings (of `type`) of one character below U+0100, by their
   character; NULL entries were not made yet.  NULL if it is not found. */
PyObject **hg_character_table(PyTypeObject *type);

/* Up to 3.9: the empty string or tuple of `type` to which there are the most
   references among those that a variable holds; NULL if none does. */
PyObject *hg_empty_object(PyTypeObject *type);

#endif /* HEAPGRIND_SCANNER_BLOB_PRIVATE_TABLES_H_ */
