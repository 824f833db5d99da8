/* mem*() and str*(), of which the compiler makes calls on its own, and what
   else of a C library the scanner's sources use.  Short rather than fast, but
   for what copies: `rep movsb` is fast from a few hundred bytes on. */

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* From glibc 2.43 on macros that look at `const`, as C23 wants it. */
#undef memchr
#undef strchr
#undef strrchr
#undef strstr

void *memcpy(void *restrict to, const void *restrict from, size_t bytes) {
  void *at = to;
  if (bytes < 32) {
    char *target = to;
    const char *source = from;
    while (bytes-- > 0) *target++ = *source++;
    return to;
  }
  __asm__ volatile("rep movsb"
                   : "+D"(at), "+S"(from), "+c"(bytes)
                   :
                   : "memory");
  return to;
}

void *memmove(void *to, const void *from, size_t bytes) {
  char *target = to;
  const char *source = from;
  if ((uintptr_t)to - (uintptr_t)from >= bytes) return memcpy(to, from, bytes);
  while (bytes-- > 0) target[bytes] = source[bytes];
  return to;
}

void *memset(void *to, int byte, size_t bytes) {
  void *at = to;
  __asm__ volatile("rep stosb" : "+D"(at), "+c"(bytes) : "a"(byte) : "memory");
  return to;
}

int memcmp(const void *a, const void *b, size_t bytes) {
  const unsigned char *x = a, *y = b;
  for (; bytes > 0; --bytes, ++x, ++y) {
    if (*x != *y) return *x - *y;
  }
  return 0;
}

void *memchr(const void *start, int byte, size_t bytes) {
  const unsigned char *at = start;
  for (; bytes > 0; --bytes, ++at) {
    if (*at == (unsigned char)byte) return (void *)at;
  }
  return NULL;
}

size_t strlen(const char *text) {
  const char *end = text;
  while (*end != '\0') ++end;
  return (size_t)(end - text);
}

int strncmp(const char *a, const char *b, size_t bytes) {
  for (; bytes > 0; --bytes, ++a, ++b) {
    if (*a != *b) return (unsigned char)*a - (unsigned char)*b;
    if (*a == '\0') return 0;
  }
  return 0;
}

int strcmp(const char *a, const char *b) { return strncmp(a, b, SIZE_MAX); }

char *strchr(const char *text, int character) {
  for (;; ++text) {
    if (*text == (char)character) return (char *)text;
    if (*text == '\0') return NULL;
  }
}

char *strrchr(const char *text, int character) {
  char *last = NULL;
  for (;; ++text) {
    if (*text == (char)character) last = (char *)text;
    if (*text == '\0') return last;
  }
}

char *strstr(const char *text, const char *sought) {
  const size_t length = strlen(sought);
  for (; *text != '\0'; ++text) {
    if (strncmp(text, sought, length) == 0) return (char *)text;
  }
  return length == 0 ? (char *)text : NULL;
}

/* Of one separator. */
char *strtok_r(char *restrict text, const char *restrict separator,
               char **restrict rest) {
  char *start = text != NULL ? text : *rest;
  while (*start != '\0' && *start == separator[0]) ++start;
  if (*start == '\0') return NULL;
  char *end = start;
  while (*end != '\0' && *end != separator[0]) ++end;
  *rest = *end == '\0' ? end : end + 1;
  *end = '\0';
  return start;
}
