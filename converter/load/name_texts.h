// What of an object's record can become a name, as far as one record tells.
//
// Keys of mappings, definitions, and what is called `__like_this__` give names
// to others; so may any short text.  The rest of a heap's texts is content.

#ifndef HEAPGRIND_CONVERTER_LOAD_NAME_TEXTS_H_
#define HEAPGRIND_CONVERTER_LOAD_NAME_TEXTS_H_

#include <cstddef>
#include <string_view>

#include "converter/dump/dump_record.h"

namespace heapgrind {

// A text of up to so many bytes is kept wherever it is; see HeapGraph::text.
inline constexpr size_t kShortTextBytes = 4;

// Whether an object's record is that of a definition, or of something else that
// says where its code stands.
bool IsDefinitionRecord(const DumpRecord& record);

// The text of an object: the name of a definition; of others the value, if it
// is no number that is too long to be a name, else the name.  A view without
// data if there is none; the whole text, however long.  `is_definition` is what
// IsDefinitionRecord says.
std::string_view TextOfRecord(const DumpRecord& record, bool is_definition);

// Whether Python itself gives the name `text`: what bears it may hold a name of
// something.
bool IsSpecialName(std::string_view text);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_LOAD_NAME_TEXTS_H_
