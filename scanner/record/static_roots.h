// What C variables hold, as roots: one for each program file.

#ifndef HEAPGRIND_SCANNER_RECORD_STATIC_ROOTS_H_
#define HEAPGRIND_SCANNER_RECORD_STATIC_ROOTS_H_

#include "native/native_blocks.h"
#include "native/static_data.h"
#include "memory/frontier.h"
#include "output/output.h"

namespace heapgrind {

// Writes a record for each file whose variables refer to blocks or objects, and
// tells both frontiers.  To be called when all other objects were met: what is
// one is told by its type.  Returns how many could not be read.
int WriteStaticRoots(const StaticData& data, NativeBlocks* blocks,
                     Frontier* frontier, Output* output);

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_RECORD_STATIC_ROOTS_H_
