// What a heap dump says about the process and the moment it was taken from.
//
// docs/dump_format.md gives the meaning and the unit of every field.  A Meliae
// dump has no header: all fields are then zero or empty.

#ifndef HEAPGRIND_CONVERTER_DUMP_DUMP_HEADER_H_
#define HEAPGRIND_CONVERTER_DUMP_DUMP_HEADER_H_

#include <cstdint>
#include <string>
#include <vector>

namespace heapgrind {

struct DumpHeader {
  uint64_t heapgrind = 0;  // Version of the format; 0 for a Meliae dump.
  std::string scanner;
  std::string python;
  uint64_t pid = 0;
  std::vector<std::string> argv;
  std::string executable;
  uint64_t time = 0;  // Seconds since 1970-01-01 UTC.
  uint64_t rss = 0;   // Bytes.
  uint64_t swap = 0;  // Bytes.
  uint64_t pointer_size = 0;

  // Bytes.  What the allocators hold: pymalloc's arenas, of these in blocks
  // handed out and in free blocks and pools; malloc's blocks handed out, free
  // ones, and those with mappings of their own.
  uint64_t pymalloc_arenas = 0;
  uint64_t pymalloc_used = 0;
  uint64_t pymalloc_free = 0;
  uint64_t malloc_used = 0;
  uint64_t malloc_free = 0;
  uint64_t malloc_mapped = 0;
};

// "2009-07-01 12:00:00 UTC", from seconds since 1970.
std::string UtcText(uint64_t seconds);

// The command line of the process, without the folder of its interpreter; "" if
// it is not known.  Not clean (clean_name.h).
std::string CommandOf(const DumpHeader& header);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_DUMP_HEADER_H_
