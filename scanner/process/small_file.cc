#include "process/small_file.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

namespace heapgrind {

bool ReadSmallFile(const char* folder, const char* name, char* text,
                   size_t capacity) {
  char path[PATH_MAX];
  const int needed = snprintf(path, sizeof path, "%s/%s", folder, name);
  if (needed < 0 || static_cast<size_t>(needed) >= sizeof path) return false;
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  if (fd < 0) return false;
  size_t length = 0;
  while (length < capacity - 1) {
    const ssize_t count = read(fd, text + length, capacity - 1 - length);
    if (count <= 0) break;
    length += count;
  }
  close(fd);
  text[length] = '\0';
  return length > 0;
}

uint64_t NumberOfKey(const char* text, const char* key) {
  const size_t length = strlen(key);
  for (const char* line = text; line != nullptr;) {
    const char after = strncmp(line, key, length) == 0 ? line[length] : '\0';
    if (after == ' ' || after == ':') {
      return strtoull(line + length + 1, nullptr, 10);
    }
    line = strchr(line, '\n');
    if (line != nullptr) ++line;
  }
  return 0;
}

}  // namespace heapgrind
