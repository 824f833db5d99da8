// How much memory this process may still take.

#ifndef HEAPGRIND_CONVERTER_LOAD_MEMORY_LIMIT_H_
#define HEAPGRIND_CONVERTER_LOAD_MEMORY_LIMIT_H_

#include <cstdint>
#include <string>

namespace heapgrind {

struct MemoryLimit {
  uint64_t bytes = UINT64_MAX;  // UINT64_MAX: not known, or none.
  std::string reason;           // "the free memory of this machine".
  bool is_asked_for = false;    // The user set it.
};

// The least of what the machine has (MemAvailable), what the control groups of
// this process leave (versions 1 and 2), and what its resource limits leave
// (RLIMIT_AS, RLIMIT_DATA).  Linux; elsewhere the resource limits alone.  Reads
// the files of the kernel below `root`.
MemoryLimit FindMemoryLimit(const std::string& root = "");

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_MEMORY_LIMIT_H_
