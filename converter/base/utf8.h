// Characters of UTF-8, in text that may hold other bytes.

#ifndef HEAPGRIND_CONVERTER_BASE_UTF8_H_
#define HEAPGRIND_CONVERTER_BASE_UTF8_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace heapgrind {

// The length in bytes of the character that `text` begins with, or 0 if it does
// not begin with one.  The Unicode Standard 15.0, table 3-7.
size_t CharacterBytes(std::string_view text);

// The number of a character, of which `character` holds all bytes.
uint32_t CodePoint(std::string_view character);

// Appends the bytes that UTF-8's scheme gives `code`, below 0x110000, a
// surrogate or not.
void AppendUtf8(uint32_t code, std::string* text);

// `text` with U+FFFD for each byte that is in no character.
std::string ValidUtf8(std::string_view text);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_BASE_UTF8_H_
