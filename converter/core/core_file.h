// What a core file says: which memory it has, which files were mapped, which
// threads there were.
//
// The format: Tool Interface Standard, Executable and Linking Format
// Specification 1.2; the notes: core(5), and of Linux fs/binfmt_elf.c,
// fill_files_note and fill_note_info.  Everything in it may be wrong: what
// contradicts itself is refused or left out, and nothing is trusted beyond
// that.

#ifndef HEAPGRIND_CONVERTER_CORE_CORE_FILE_H_
#define HEAPGRIND_CONVERTER_CORE_CORE_FILE_H_

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "converter/core/core_bytes.h"

namespace heapgrind {

// A part of the process's memory.
struct CoreSegment {
  uint64_t start = 0;
  uint64_t end = 0;         // Behind its last byte; whole pages.
  uint32_t protection = 0;  // PROT_*.
  uint64_t offset = 0;      // In the core,
  uint64_t size = 0;        // which has that many bytes of it.
};

// Where a file was mapped.
struct CoreMapping {
  uint64_t start = 0;
  uint64_t end = 0;
  uint64_t offset = 0;  // In the file, bytes.
  std::string path;
};

struct CoreThread {
  pid_t id = 0;
  uint64_t fs_base = 0;
};

struct CoreFile {
  std::vector<CoreSegment> segments;  // In order of their addresses; disjoint.
  std::vector<CoreMapping> mappings;  // Likewise.
  std::vector<CoreThread> threads;    // The one that died comes first.
  pid_t pid = 0;                      // 0: it does not say.
  uint64_t entry = 0;  // Where its program begins; 0: it does not say.
  bool is_cut_off = false;
};

// Errors: Unavailable: it is no core of a 64-bit x86 process.
absl::StatusOr<CoreFile> ParseCore(const CoreBytes& bytes);

// Reads memory of the process.  Whether the core has all of it.
bool ReadMemory(const CoreFile& core, const CoreBytes& bytes, uint64_t address,
                void* to, size_t size);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CORE_CORE_FILE_H_
