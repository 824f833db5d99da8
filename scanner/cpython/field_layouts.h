/* The layouts of field_layouts.c that differ from version to version.

   One token a field: `c` a char, `i` an int, `d` a double, `p` another word;
   what is longer is the name of a reference. */

#ifndef HEAPGRIND_SCANNER_CPYTHON_FIELD_LAYOUTS_H_
#define HEAPGRIND_SCANNER_CPYTHON_FIELD_LAYOUTS_H_

#include "internal.h"

/* Objects/exceptions.c, Include/cpython/pyerrors.h */
#if PY_VERSION_HEX >= 0x030b0000
#define EXCEPTION_FIELDS \
  "p\0args\0__notes__\0__traceback__\0__context__\0__cause__\0"
#elif PY_VERSION_HEX >= 0x03000000
#define EXCEPTION_FIELDS "p\0args\0__traceback__\0__context__\0__cause__\0"
#else
#define EXCEPTION_FIELDS "p\0args\0message\0"
#endif

/* Modules/_asynciomodule.c.  From 3.14 on two chars and some bits share the
   word after the state of a task. */
#if PY_VERSION_HEX >= 0x030e0000
#define FUTURE_FIELDS                                                      \
  "_loop\0callback\0context\0_callbacks\0_exception\0traceback\0_result\0" \
  "_source_traceback\0_cancel_message\0cancelled\0_asyncio_awaited_by\0"
#elif PY_VERSION_HEX >= 0x030b0000
#define FUTURE_FIELDS                                                      \
  "_loop\0callback\0context\0_callbacks\0_exception\0traceback\0_result\0" \
  "_source_traceback\0_cancel_message\0cancelled\0"
#elif PY_VERSION_HEX >= 0x030a0000
#define FUTURE_FIELDS                                                      \
  "_loop\0callback\0context\0_callbacks\0_exception\0traceback\0_result\0" \
  "_source_traceback\0_cancel_message\0p\0p\0p\0p\0"
#elif PY_VERSION_HEX >= 0x03090000
#define FUTURE_FIELDS                                           \
  "_loop\0callback\0context\0_callbacks\0_exception\0_result\0" \
  "_source_traceback\0_cancel_message\0p\0p\0p\0p\0"
#elif PY_VERSION_HEX >= 0x03070000
#define FUTURE_FIELDS                                           \
  "_loop\0callback\0context\0_callbacks\0_exception\0_result\0" \
  "_source_traceback\0"
#else
#define FUTURE_FIELDS \
  "_loop\0_callbacks\0_exception\0_result\0_source_traceback\0"
#endif

#if PY_VERSION_HEX >= 0x030d0000
#define TASK_FIELDS \
  FUTURE_FIELDS "i\0i\0i\0_fut_waiter\0_coro\0_name\0_context\0"
#elif PY_VERSION_HEX >= 0x03080000
#define TASK_FIELDS \
  FUTURE_FIELDS "i\0i\0i\0p\0p\0_fut_waiter\0_coro\0_name\0_context\0"
#else
#define TASK_FIELDS \
  FUTURE_FIELDS "i\0i\0i\0p\0p\0_fut_waiter\0_coro\0_context\0"
#endif

/* Include/cpython/genobject.h */
#if PY_VERSION_HEX >= 0x030c0000
#define ASYNC_GENERATOR_FIELDS "p\0p\0p\0p\0p\0finalizer\0"
#elif PY_VERSION_HEX >= 0x030b0000
#define ASYNC_GENERATOR_FIELDS "p\0p\0p\0p\0p\0p\0finalizer\0"
#elif PY_VERSION_HEX >= 0x030a0000
#define ASYNC_GENERATOR_FIELDS "p\0p\0p\0p\0p\0p\0p\0p\0p\0finalizer\0"
#elif PY_VERSION_HEX >= 0x03070000
#define ASYNC_GENERATOR_FIELDS "p\0p\0p\0p\0p\0p\0p\0p\0p\0p\0finalizer\0"
#else
#define ASYNC_GENERATOR_FIELDS "p\0p\0p\0p\0p\0p\0finalizer\0"
#endif

/* Modules/_functoolsmodule.c */
#if PY_VERSION_HEX >= 0x030a0000
#define LRU_CACHE_FIELDS                                         \
  "p\0p\0p\0p\0p\0p\0i\0cache\0p\0__wrapped__\0p\0p\0kwd_mark\0" \
  "lru_list_elem_type\0cache_info_type\0"
#elif PY_VERSION_HEX >= 0x03070000
#define LRU_CACHE_FIELDS \
  "p\0p\0p\0p\0p\0p\0i\0cache\0p\0__wrapped__\0p\0p\0cache_info_type\0"
#else
#define LRU_CACHE_FIELDS \
  "p\0p\0p\0p\0p\0p\0maxsize\0__wrapped__\0p\0cache\0cache_info_type\0"
#endif

/* Modules/_threadmodule.c */
#if PY_VERSION_HEX >= 0x030d0000
#define LOCAL_FIELDS "args\0kwargs\0p\0localdicts\0thread_watchdogs\0"
#else
#define LOCAL_FIELDS "key\0args\0kwargs\0p\0dummies\0"
#endif

/* Modules/_io/textio.c */
#if PY_VERSION_HEX >= 0x03000000
#define TEXT_FIELDS                                                       \
  "i\0i\0p\0buffer\0encoding\0encoder\0decoder\0readnl\0errors\0p\0"      \
  "c\0c\0c\0c\0c\0c\0c\0c\0c\0p\0c\0decoded_chars\0p\0pending_bytes\0p\0" \
  "snapshot\0d\0raw\0"
#else
#define TEXT_FIELDS                                                        \
  "i\0i\0p\0buffer\0encoding\0encoder\0decoder\0readnl\0errors\0p\0"       \
  "c\0c\0c\0c\0c\0c\0p\0c\0decoded_chars\0p\0pending_bytes\0p\0snapshot\0" \
  "raw\0"
#endif

/* Objects/typevarobject.c */
#if PY_VERSION_HEX >= 0x030f0000
#define TYPE_ALIAS_FIELDS \
  "p\0p\0__type_params__\0compute_value\0__value__\0__module__\0"
#else
#define TYPE_ALIAS_FIELDS \
  "p\0__type_params__\0compute_value\0__value__\0__module__\0"
#endif

#endif /* HEAPGRIND_SCANNER_CPYTHON_FIELD_LAYOUTS_H_ */
