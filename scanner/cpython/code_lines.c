/* Which lines a code object is made of.

   The table of locations is a list of entries, of which each moves on from the
   line of the one before: Objects/locations.md of CPython 3.11. */

#include "internal.h"

#if PY_VERSION_HEX >= 0x030b0000

enum { kOneLine0 = 10, kNoColumns = 13, kLong = 14, kNoLocation = 15 };

/* Six bits a byte, the lowest first; one more says that another byte comes. */
static unsigned read_number(const unsigned char **at,
                            const unsigned char *end) {
  unsigned number = 0;
  for (unsigned shift = 0; *at < end && shift < 32; shift += 6) {
    const unsigned char byte = *(*at)++;
    number |= (byte & 63u) << shift;
    if ((byte & 64) == 0) break;
  }
  return number;
}

/* By how many lines the entry at *at, of this kind, moves on. */
static int read_step(int kind, const unsigned char **at,
                     const unsigned char *end) {
  if (kind >= kOneLine0 && kind < kNoColumns) return kind - kOneLine0;
  if (kind != kNoColumns && kind != kLong) return 0;
  const unsigned number = read_number(at, end);
  return (number & 1) != 0 ? -(int)(number >> 1) : (int)(number >> 1);
}

int hg_code_last_line(PyCodeObject *code) {
  if (code->co_linetable == NULL) return 0;
  const unsigned char *at =
      (const unsigned char *)PyBytes_AS_STRING(code->co_linetable);
  const unsigned char *end = at + PyBytes_GET_SIZE(code->co_linetable);
  int line = code->co_firstlineno;
  int last = line;
  while (at < end) {
    const int kind = (*at++ >> 3) & 15;
    line += read_step(kind, &at, end);
    if (kind != kNoLocation && line > last) last = line;
    /* The first byte of an entry alone has the highest bit. */
    while (at < end && (*at & 128) == 0) ++at;
  }
  return last;
}

#else

int hg_code_last_line(PyCodeObject *code) {
  (void)code;
  return 0;
}

#endif
