#include "converter/clean_name.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/str_format.h"
#include "converter/utf8.h"
#include "converter/visible_text.h"

namespace heapgrind {
namespace {

bool IsPlain(char c) { return c >= 0x20 && c < 0x7F && c != '"' && c != '\\'; }

std::string CleanCharacter(std::string_view character) {
  if (character == "\"") return "'";
  if (character == "\\") return "/";
  return VisibleCharacter(character);
}

}  // namespace

std::string CleanName(std::string_view text) {
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    if (IsPlain(text[0])) {
      clean += text[0];
      text.remove_prefix(1);
      continue;
    }
    const size_t num_bytes = std::max<size_t>(CharacterBytes(text), 1);
    clean += CleanCharacter(text.substr(0, num_bytes));
    text.remove_prefix(num_bytes);
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
