// Which characters are not to be shown as they are, and what is shown instead.
//
// A dump may hold any text.  Control characters drive a terminal; characters of
// direction make a line look as if it said something else (Boucher and
// Anderson, "Trojan Source", 2021); those without width hide.

#ifndef HEAPGRIND_CONVERTER_BASE_VISIBLE_TEXT_H_
#define HEAPGRIND_CONVERTER_BASE_VISIBLE_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace heapgrind {

// Whether a character is a control character (C0, DEL, C1), ends a line, has no
// width of its own, or changes the direction of others.
bool IsHidden(uint32_t code_point);

// What stands for the character of UTF-8 that `text` begins with, and for a
// byte that is none: itself; `?` for a control character or such a byte;
// <U+202E> for what else is hidden.
std::string VisibleCharacter(std::string_view character);

// `text` with each of its characters so, which is valid UTF-8.  Linear.
std::string VisibleText(std::string_view text);

// `json`, valid JSON in UTF-8, with \u202e for each hidden character, but for
// line feeds.
std::string VisibleJson(std::string_view json);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_BASE_VISIBLE_TEXT_H_
