// Which bytes lie where in a process that is rebuilt from a core.
//
//     the core        [first page]            [data]   [heap]  [stack]
//     files           [first page|text|rodata|data]
//     the process     [first page|text|rodata|data]    [heap]  [stack]
//
// What the core has comes first: it is as the process left it.  What neither
// has is not there, so that it is not taken for zeros.

#ifndef HEAPGRIND_CONVERTER_CORE_CORE_LAYOUT_H_
#define HEAPGRIND_CONVERTER_CORE_CORE_LAYOUT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "converter/core/core_file.h"
#include "converter/core/image_files.h"
#include "converter/outside/memory_map.h"

namespace heapgrind {

struct CorePiece {
  Mapping mapping;  // As the process had it.
  int file = -1;    // A descriptor; -1: of the core.
  uint64_t offset = 0;
};

// What the core says was mapped, whether or not it has the bytes.
MemoryMap MapOfCore(const CoreFile& core);

// Adds to a map, which is sorted, what else was mapped: with no protection.
void AddMissing(const CoreFile& core, MemoryMap* map);

// Bytes that may be heap and are not in `map`, which has what there is.  Memory
// without a name may be; of files that are only read (fonts, databases), and of
// libraries, which are told, it is not.
uint64_t BytesLeftOut(const CoreFile& core, const MemoryMap& map);

// The pieces that there are, in the order of their addresses, disjoint.
std::vector<CorePiece> LayOut(const CoreFile& core, const ImageFiles& files);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CORE_CORE_LAYOUT_H_
