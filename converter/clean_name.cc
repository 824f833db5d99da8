#include "converter/clean_name.h"

#include <cstddef>
#include <cstdint>

#include "absl/strings/str_format.h"
#include "converter/utf8.h"

namespace heapgrind {
namespace {

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
    if (num_bytes == 1) {
      ascii += clean_name[0];
    } else {
      const uint32_t code_point = CodePoint(clean_name.substr(0, num_bytes));
      ascii += absl::StrFormat("<U+%04X>", code_point);
    }
    clean_name.remove_prefix(num_bytes);
  }
  return ascii;
}

}  // namespace heapgrind
