// What the functions of a profile are called where dumps are compared.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_OWNER_NAMES_H_
#define HEAPGRIND_CONVERTER_COMMANDS_OWNER_NAMES_H_

#include <string>
#include <vector>

#include "converter/commands/loaded_heap.h"

namespace heapgrind {

// By function: "dict::CACHE (app.CACHE)", clean (clean_name.h).  Frames and
// generators are without the line that they are at, which differs between
// dumps.  Several functions may have the same name.
std::vector<std::string> OwnerNames(LoadedHeap* heap);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_OWNER_NAMES_H_
