#include "converter/visible_text.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "absl/strings/str_format.h"
#include "converter/utf8.h"

namespace heapgrind {
namespace {

struct Range {
  uint32_t first;
  uint32_t last;
};

// The Unicode Standard 15.0, general categories Cc, Zl, Zp, and of Cf what has
// no glyph: soft hyphen, marks of direction, joiners, invisible operators, byte
// order mark, annotations, tags.
constexpr Range kHidden[] = {
    {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},      {0x061C, 0x061C},
    {0x180E, 0x180E}, {0x200B, 0x200F}, {0x2028, 0x202E},  {0x2060, 0x206F},
    {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F}};

bool IsControl(uint32_t code_point) {
  return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
}

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

bool IsHidden(uint32_t code_point) {
  return std::any_of(
      std::begin(kHidden), std::end(kHidden), [code_point](const Range& range) {
        return code_point >= range.first && code_point <= range.last;
      });
}

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
