// Which characters are not to be shown as they are, and what is shown instead.
//
// A dump may hold any text.  Control characters drive a terminal; characters of
// direction make a line look as if it said something else (Boucher and
// Anderson, "Trojan Source", 2021); those without width hide.

#ifndef HEAPGRIND_CONVERTER_BASE_VISIBLE_TEXT_H_
#define HEAPGRIND_CONVERTER_BASE_VISIBLE_TEXT_H_

#include <string>
#include <string_view>

namespace heapgrind {

// What stands for the character of UTF-8 that `text` begins with, and for a
// byte that is none: itself; `?` for a control character or such a byte;
// <U+202E> for what else is hidden (character_classes.h).
std::string VisibleCharacter(std::string_view character);

// `text` with each of its characters so, which is valid UTF-8.  Linear.
std::string VisibleText(std::string_view text);

// `json`, valid JSON in UTF-8, with \u202e for each hidden character, but for
// line feeds.
std::string VisibleJson(std::string_view json);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_BASE_VISIBLE_TEXT_H_
