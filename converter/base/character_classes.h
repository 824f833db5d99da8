// What kind of character a code point is, for those who show text.

#ifndef HEAPGRIND_CONVERTER_BASE_CHARACTER_CLASSES_H_
#define HEAPGRIND_CONVERTER_BASE_CHARACTER_CLASSES_H_

#include <cstdint>

namespace heapgrind {

// All of them are binary searches in tables of the Unicode Standard 15.0.  The
// tables of the C library depend on a locale, which need not be installed.

// Whether a character drives a terminal: C0, DEL, C1 (general category Cc).
bool IsControl(uint32_t code_point);

// Whether a character is a control character, ends a line, has no width of its
// own, or changes the direction of others: Cc, Zl, Zp, and those of Cf that
// have no glyph.
bool IsHidden(uint32_t code_point);

// Whether a terminal draws a character over the one before it: Mn, Me and Cf of
// the scripts in wide use, and the characters that join emoji.
bool IsCombining(uint32_t code_point);

// Whether a character takes two columns, as Han and emoji do: W and F of
// EastAsianWidth.txt.
bool IsWide(uint32_t code_point);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_BASE_CHARACTER_CLASSES_H_
