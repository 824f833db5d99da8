// What a process has mapped, as /proc/PID/maps shows it; see proc(5).

#ifndef HEAPGRIND_CONVERTER_OUTSIDE_MEMORY_MAP_H_
#define HEAPGRIND_CONVERTER_OUTSIDE_MEMORY_MAP_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace heapgrind {

struct Mapping {
  uint64_t start = 0;
  uint64_t end = 0;         // Behind its last byte.
  uint32_t protection = 0;  // PROT_*.
  bool is_shared = false;
  uint64_t offset = 0;  // In the file.
  uint64_t inode = 0;   // 0: of no file.
  std::string path;     // Or "[stack]", or "".

  uint64_t size() const { return end - start; }
};

inline constexpr uint64_t kPage = 4096;  // Bytes, on x86-64.

// In the order of their addresses.
using MemoryMap = std::vector<Mapping>;

// Lines that are none are left out.
MemoryMap ParseMaps(absl::string_view text);

// The mapping that `address` lies in; null if there is none.
const Mapping* FindMapping(const MemoryMap& map, uint64_t address);

// Behind the last slash.
absl::string_view FileName(absl::string_view path);

// Whether the file of that path is a C library: of glibc or musl.
bool IsLibc(absl::string_view path);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_OUTSIDE_MEMORY_MAP_H_
