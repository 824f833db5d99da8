/* numpy's dtypes, without numpy's headers.

   Layout: numpy/core/include/numpy/ndarraytypes.h of numpy 1.x, and
   _PyArray_LegacyDescr there of numpy 2.x. */

#ifndef HEAPGRIND_SCANNER_CPYTHON_NDARRAY_DTYPE_H_
#define HEAPGRIND_SCANNER_CPYTHON_NDARRAY_DTYPE_H_

#include "compat.h"

/* The elements of a dtype that are arrays themselves. */
typedef struct {
  struct hg_dtype *base;
  PyObject *shape;
} hg_subarray;

typedef struct hg_dtype {
  PyObject head;
  PyTypeObject *scalar_type;
  char kind; /* 'O': objects; 'V': fields, subarrays or bytes. */
  char type;
  char byteorder;
  char flags;
  int type_number;
  union {
    struct {
      int item_bytes;
      int alignment;
      hg_subarray *subarray;
      PyObject *fields;
      PyObject *names;
      void *functions;
      PyObject *metadata;
    } numpy1;
    struct {
      uint64_t flags;
      Py_ssize_t item_bytes;
      Py_ssize_t alignment;
      PyObject *metadata;
      Py_ssize_t hash;
      void *reserved[2];
      hg_subarray *subarray;
      PyObject *fields;
      PyObject *names;
    } numpy2;
  } rest;
} hg_dtype;

size_t hg_dtype_item_bytes(const hg_dtype *dtype);

/* What the dtype itself refers to, and has allocated. */
void hg_dtype_visit(PyObject *dtype, hg_reference_function visit,
                    void *context);
void hg_dtype_blocks(PyObject *dtype, hg_blocks *blocks);

/* Visits the Python objects in `count` elements from `data` on. */
void hg_visit_dtype_objects(const hg_dtype *dtype, char *data, size_t count,
                            hg_reference_function visit, void *context);

#endif /* HEAPGRIND_SCANNER_CPYTHON_NDARRAY_DTYPE_H_ */
