/* What Python's own allocator has handed out.

   Its state has no exported name before 3.12 and moves from version to
   version, but every release build can print a table of it, which has kept its
   words since 3.3: Objects/obmalloc.c, _PyObject_DebugMallocStats.  Python 2.7
   prints to stderr only, so there the figures are not known.  Free-threaded
   builds have mimalloc instead, with heaps for each thread: not known, either.
 */

#include "internal.h"
#include "surroundings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#if PY_VERSION_HEX >= 0x03060000 && !defined(Py_GIL_DISABLED)

#if PY_VERSION_HEX < 0x03070000
typedef void hg_stats_result;
#else
typedef int hg_stats_result;
#endif
/* Weak: a build without pymalloc does not have it. */
extern hg_stats_result _PyObject_DebugMallocStats(FILE *out)
    __attribute__((weak));

/* The number behind the `=` of a line, "1,234,567"; 0 if there is none. */
static uint64_t number_of_line(const char *line) {
  const char *digit = strchr(line, '=');
  uint64_t number = 0;
  if (digit == NULL) return 0;
  for (++digit; *digit == ' ' || *digit == ','; ++digit) continue;
  for (; (*digit >= '0' && *digit <= '9') || *digit == ','; ++digit) {
    if (*digit != ',') number = 10 * number + (uint64_t)(*digit - '0');
  }
  return number;
}

static void read_line(const char *line, hg_process *process) {
  if (strstr(line, "bytes/arena") != NULL) {
    process->pymalloc_arenas = number_of_line(line);
  } else if (strstr(line, "bytes in allocated blocks") != NULL) {
    process->pymalloc_used = number_of_line(line);
  } else if (strstr(line, "bytes in available blocks") != NULL ||
             strstr(line, "unused pools") != NULL) {
    process->pymalloc_free += number_of_line(line);
  }
}

void hg_read_pymalloc(hg_open_memory open, hg_close_memory close,
                      hg_process *process) {
  char table[1 << 14]; /* About 4 KiB are written. */
  if (_PyObject_DebugMallocStats == NULL) return;
  memset(table, 0, sizeof table);
  FILE *stream = open(table, sizeof table - 1, "w");
  if (stream == NULL) return;
  _PyObject_DebugMallocStats(stream);
  if (close(stream) != 0) return;
  char *rest = NULL;
  for (char *line = strtok_r(table, "\n", &rest); line != NULL;
       line = strtok_r(NULL, "\n", &rest)) {
    read_line(line, process);
  }
}

#else

void hg_read_pymalloc(hg_open_memory open, hg_close_memory close,
                      hg_process *process) {
  (void)open;
  (void)close;
  (void)process;
}

#endif

static int has_pymalloc = 1;

/* PYTHONMALLOC (from 3.6 on) makes objects come from where raw memory does.  Up
   to 3.11 the function reads a table and nothing else; then it takes a lock. */
void hg_learn_allocators(void) {
#if PY_VERSION_HEX >= 0x030c0000
  has_pymalloc = _PyRuntime.allocators.standard.raw.malloc !=
                 _PyRuntime.allocators.standard.obj.malloc;
#elif PY_VERSION_HEX >= 0x03060000
  PyMemAllocatorEx raw, objects;
  PyMem_GetAllocator(PYMEM_DOMAIN_RAW, &raw);
  PyMem_GetAllocator(PYMEM_DOMAIN_OBJ, &objects);
  has_pymalloc = raw.malloc != objects.malloc;
#endif
}

int hg_has_pymalloc(void) { return has_pymalloc; }
