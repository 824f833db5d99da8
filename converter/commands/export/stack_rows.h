// The rows of a profile as stacks: what owns a row, what owns that, up to main.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_EXPORT_STACK_ROWS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_EXPORT_STACK_ROWS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/commands/analyzed_heap.h"
#include "converter/heap/cost.h"
#include "converter/profile/prune.h"

namespace heapgrind {

struct StackRow {
  uint32_t owner = 0;  // Place of a row; lower than the row's own but main's.
  std::string name;    // Unique and clean (clean_name.h), as are the others.
  std::string package;
  std::string type;   // What the name has before "::"; of main, "".
  std::string file;   // Where it is defined: an absolute path, or "".
  uint32_t line = 0;  // From 1; 0 if there is no file.
  Cost self;
};

// The rows of a heap within `limits`, main first; as memdump2callgrind has
// them.
std::vector<StackRow> MakeStackRows(const PruneLimits& limits,
                                    AnalyzedHeap* heap);

// The places of a row and its owners; main's comes last.
std::vector<uint32_t> StackOf(const std::vector<StackRow>& rows, uint32_t row);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_EXPORT_STACK_ROWS_H_
