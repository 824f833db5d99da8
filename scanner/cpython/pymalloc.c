/* What Python's own allocator has handed out.

   Its state has no exported name before 3.12 and moves from version to
   version, but every release build can print a table of it, which has kept its
   words since 3.3: Objects/obmalloc.c, _PyObject_DebugMallocStats.  Python 2.7
   prints to stderr only, so there the figures are not known.  Free-threaded
   builds have mimalloc instead, with heaps for each thread: not known, either.
 */

#include "internal.h"

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

static void read_line(const char *line, hg_pymalloc_figures *figures) {
  if (strstr(line, "bytes/arena") != NULL) {
    figures->arenas = number_of_line(line);
  } else if (strstr(line, "bytes in allocated blocks") != NULL) {
    figures->used = number_of_line(line);
  } else if (strstr(line, "bytes in available blocks") != NULL ||
             strstr(line, "unused pools") != NULL) {
    figures->free += number_of_line(line);
  }
}

hg_pymalloc_figures hg_read_pymalloc(void) {
  hg_pymalloc_figures figures = {0, 0, 0};
  char table[1 << 14]; /* About 4 KiB are written. */
  if (_PyObject_DebugMallocStats == NULL) return figures;
  FILE *stream = fmemopen(table, sizeof table, "w");
  if (stream == NULL) return figures;
  _PyObject_DebugMallocStats(stream);
  fputc('\0', stream);
  if (fclose(stream) != 0) return figures;
  table[sizeof table - 1] = '\0';
  char *rest = NULL;
  for (char *line = strtok_r(table, "\n", &rest); line != NULL;
       line = strtok_r(NULL, "\n", &rest)) {
    read_line(line, &figures);
  }
  return figures;
}

#else

hg_pymalloc_figures hg_read_pymalloc(void) {
  hg_pymalloc_figures figures = {0, 0, 0};
  return figures;
}

#endif
