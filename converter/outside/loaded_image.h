// The ELF files that a process has loaded, read from its memory.
//
// Only what the dynamic linker needs is there: the symbols in .dynsym, found
// through a hash table.  The layout: Tool Interface Standard, Executable and
// Linking Format Specification 1.2; the table of GNU: binutils, bfd/elflink.c.

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_LOADED_IMAGE_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_LOADED_IMAGE_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "converter/outside/memory_map.h"
#include "converter/outside/remote_memory.h"

namespace heapgrind {

// Addresses from `start` to before `end`.
struct AddressRange {
  uint64_t start = 0;
  uint64_t end = 0;
};

struct LoadedImage {
  uint64_t start = 0;
  uint64_t end = 0;                     // Behind its last segment.
  std::string path;                     // As the process sees it.
  std::string own_name;                 // DT_SONAME; "" if it has none.
  std::vector<AddressRange> variables;  // Its segments that are written to.
  // Where the tables are; 0: there is none.
  uint64_t symbols = 0;
  uint64_t strings = 0;
  uint64_t gnu_hash = 0;
  uint64_t hash = 0;
  uint64_t versions = 0;  // Of symbols.
  uint64_t bias = 0;      // To be added to an address in the file.
};

// In the order of their addresses.
std::vector<LoadedImage> FindImages(const MemoryMap& map,
                                    const RemoteMemory& memory);

// The address of what the image exports by that name; 0 if it does not.
uint64_t LookUp(const LoadedImage& image, const RemoteMemory& memory,
                absl::string_view name);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_LOADED_IMAGE_H_
