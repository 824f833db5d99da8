// Values as Python writes them: 'it\'s', b'\xff', 17.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_WALK_PYTHON_TEXT_H_
#define HEAPGRIND_CONVERTER_COMMANDS_WALK_PYTHON_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace heapgrind {

// A string literal in single quotes.  Hidden characters (visible_text.h),
// quotes, backslashes and bytes that are no UTF-8 are escaped.
std::string QuotedText(std::string_view text);

// What the string literal stands for that `literal` begins with, in quotes of
// either kind; `size` gets its length.  False if there is none, or no end of
// it.
bool UnquoteText(std::string_view literal, std::string* text, size_t* size);

// Whether `text` can stand behind a dot.
bool IsIdentifier(std::string_view text);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_WALK_PYTHON_TEXT_H_
