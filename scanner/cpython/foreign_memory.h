/* Memory that arrays show and no object owns: C code has allocated it.

   An image library hands out an array over its own pixels, a data base one over
   its own column.  Nothing else in the dump counts these bytes, so the arrays
   do, each byte once. */

#ifndef HEAPGRIND_SCANNER_CPYTHON_FOREIGN_MEMORY_H_
#define HEAPGRIND_SCANNER_CPYTHON_FOREIGN_MEMORY_H_

#include "compat.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct {
  uintptr_t start;
  size_t bytes; /* 0: there is none. */
} hg_range;

/* What an object of one type shows of such memory. */
typedef hg_range (*hg_range_function)(PyObject *object);

/* NULL for types whose objects show none: all but numpy's arrays and
   memoryviews.  `special` is what hg_find_special_type says of the type. */
hg_range_function hg_find_foreign_range(PyTypeObject *type,
                                        const hg_special_type *special);

#ifdef __cplusplus
}
#endif

#endif /* HEAPGRIND_SCANNER_CPYTHON_FOREIGN_MEMORY_H_ */
