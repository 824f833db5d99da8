// The options that say how a heap is read and looked at: who owns, where
// sources are, what reading may take.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_HEAP_OPTIONS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_HEAP_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "converter/cli/option_parser.h"
#include "converter/owners/ownership.h"
#include "converter/python/source_files.h"

namespace heapgrind {

struct HeapOptions {
  uint64_t max_memory = 0;  // Bytes; 0: what the process can get.
  size_t num_threads = 0;   // 0: as many as the machine has cores.
  SourcePrefixes source_prefixes;
  OwnershipRules ownership = OwnershipRules::kModules;
  bool says_size = false;  // How many objects a dump has, on standard error.
};

// The rules that set them, but for `says_size`: --threads, --max-memory,
// --source-prefix=OLD=NEW, which adds one, --ownership=modules|strict.
std::vector<OptionRule> HeapRules(HeapOptions* options);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_HEAP_OPTIONS_H_
