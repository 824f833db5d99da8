#include "converter/clean_name.h"

#include <cstddef>
#include <cstdint>

#include "absl/strings/str_format.h"

namespace heapgrind {
namespace {

// The length in bytes of the character that `text` begins with, or 0 if it does
// not begin with one.  The Unicode Standard 15.0, table 3-7.
size_t CharacterBytes(std::string_view text) {
  const auto byte = [text](size_t i) -> uint8_t {
    return i < text.size() ? static_cast<uint8_t>(text[i]) : 0;
  };
  const auto follows = [&byte](size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const uint8_t first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return follows(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool is_overlong = first == 0xE0 && byte(1) < 0xA0;
    const bool is_surrogate = first == 0xED && byte(1) >= 0xA0;
    if (is_overlong || is_surrogate) return 0;
    return follows(1) && follows(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool is_overlong = first == 0xF0 && byte(1) < 0x90;
    const bool is_beyond = first == 0xF4 && byte(1) >= 0x90;
    if (is_overlong || is_beyond) return 0;
    return follows(1) && follows(2) && follows(3) ? 4 : 0;
  }
  return 0;
}

char CleanAscii(char c) {
  if (static_cast<uint8_t>(c) < 0x20 || c == 0x7F) return '?';
  if (c == '"') return '\'';
  if (c == '\\') return '/';
  return c;
}

// U+0080 to U+009F, which are control characters, too.
bool IsControl(std::string_view character) {
  return character.size() == 2 && character[0] == '\xC2' &&
         static_cast<uint8_t>(character[1]) < 0xA0;
}

}  // namespace

std::string CleanName(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const size_t num_bytes = CharacterBytes(text);
    const std::string_view character = text.substr(0, num_bytes);
    if (num_bytes == 1) {
      clean += CleanAscii(text[0]);
    } else if (num_bytes == 0 || IsControl(character)) {
      clean += '?';
    } else {
      clean += character;
    }
    text.remove_prefix(num_bytes == 0 ? 1 : num_bytes);
  }
  const size_t begin = clean.find_first_not_of(' ');
  if (begin == std::string::npos) return "?";
  return clean.substr(begin, clean.find_last_not_of(' ') + 1 - begin);
}

std::string AsciiName(std::string_view clean_name) {
  std::string ascii;
  while (!clean_name.empty()) {
    const size_t num_bytes = CharacterBytes(clean_name);
    const uint8_t first = static_cast<uint8_t>(clean_name[0]);
    if (num_bytes == 1) {
      ascii += clean_name[0];
    } else {
      // The first byte begins with as many ones as there are bytes.
      uint32_t code_point = first & (0x7F >> num_bytes);
      for (size_t i = 1; i < num_bytes; ++i) {
        code_point = code_point << 6 | (clean_name[i] & 0x3F);
      }
      ascii += absl::StrFormat("<U+%04X>", code_point);
    }
    clean_name.remove_prefix(num_bytes);
  }
  return ascii;
}

}  // namespace heapgrind
