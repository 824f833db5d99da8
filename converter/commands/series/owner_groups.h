// Owners for who watches numbers: variables, modules and threads.
//
//     module::shop                 shop
//       def::main                  shop
//       module::sessions           shop.sessions
//         dict::CACHE              shop.sessions.CACHE
//           Session::[*]           shop.sessions.CACHE
//
// Every row of a profile belongs to one of them, so their bytes add up to the
// heap.  Their names stay the same from dump to dump, for they have no keys, no
// indices and no numbers of threads.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_SERIES_OWNER_GROUPS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_SERIES_OWNER_GROUPS_H_

#include <string>
#include <vector>

#include "converter/commands/analyzed_heap.h"

namespace heapgrind {

// By function of heap->profile(): the name of the owner that it belongs to.  Of
// the interpreter, of what several share and of what no root leads to it is
// what stands below main.
std::vector<std::string> OwnersOfFunctions(AnalyzedHeap* heap);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_SERIES_OWNER_GROUPS_H_
