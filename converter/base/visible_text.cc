#include "converter/base/visible_text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "absl/strings/str_format.h"
#include "converter/base/character_classes.h"
#include "converter/base/utf8.h"

namespace heapgrind {
namespace {

// A code point as JSON escapes it: beyond 16 bits in two halves.
std::string JsonEscape(uint32_t code_point) {
  if (code_point < 0x10000) return absl::StrFormat("\\u%04x", code_point);
  const uint32_t rest = code_point - 0x10000;
  return absl::StrFormat("\\u%04x\\u%04x", 0xD800 + (rest >> 10),
                         0xDC00 + (rest & 0x3FF));
}

// Calls take(character) for each character, or byte that is in none.
template <typename Take>
void ForEachCharacter(std::string_view text, const Take& take) {
  while (!text.empty()) {
    const size_t size = std::max<size_t>(CharacterBytes(text), 1);
    take(text.substr(0, size));
    text.remove_prefix(size);
  }
}

}  // namespace

std::string VisibleCharacter(std::string_view character) {
  if (CharacterBytes(character) == 0) return "?";
  const uint32_t code_point = CodePoint(character);
  if (IsControl(code_point)) return "?";
  return IsHidden(code_point) ? absl::StrFormat("<U+%04X>", code_point)
                              : std::string(character);
}

std::string VisibleText(std::string_view text) {
  std::string visible;
  visible.reserve(text.size());
  ForEachCharacter(text, [&visible](std::string_view character) {
    visible += VisibleCharacter(character);
  });
  return visible;
}

std::string VisibleJson(std::string_view json) {
  std::string visible;
  visible.reserve(json.size());
  ForEachCharacter(json, [&visible](std::string_view character) {
    const bool is_valid = CharacterBytes(character) > 0;
    const uint32_t code_point = is_valid ? CodePoint(character) : 0xFFFD;
    if (character != "\n" && IsHidden(code_point)) {
      visible += JsonEscape(code_point);
    } else {
      visible += character;
    }
  });
  return visible;
}

}  // namespace heapgrind
