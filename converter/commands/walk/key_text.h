// Keys of dictionaries as Python writes them.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_WALK_KEY_TEXT_H_
#define HEAPGRIND_CONVERTER_COMMANDS_WALK_KEY_TEXT_H_

#include <string>
#include <string_view>

#include "converter/commands/walk/walk_heap.h"

namespace heapgrind {

// 'text', b'bytes', 17, None, ('a', 1), a class, an enum's member as
// key_names.h has them; the address of what has no text, "?"
// for kNoNode.
std::string KeyText(const WalkHeap& heap, NodeId key);

// The text of a string; a view without data for any other key, and for a string
// whose value the dump does not have.
std::string_view TextOfKey(const WalkHeap& heap, NodeId key);

// "0x7f0c".
std::string AddressText(const WalkHeap& heap, NodeId node);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_WALK_KEY_TEXT_H_
