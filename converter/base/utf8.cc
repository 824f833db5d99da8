#include "converter/base/utf8.h"

namespace heapgrind {

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

uint32_t CodePoint(std::string_view character) {
  const uint8_t first = static_cast<uint8_t>(character[0]);
  if (character.size() == 1) return first;
  // The first byte begins with as many ones as there are bytes.
  uint32_t code_point = first & (0x7F >> character.size());
  for (size_t i = 1; i < character.size(); ++i) {
    code_point = code_point << 6 | (character[i] & 0x3F);
  }
  return code_point;
}

void AppendUtf8(uint32_t code, std::string* text) {
  if (code < 0x80) {
    text->push_back(static_cast<char>(code));
    return;
  }
  const auto append_tail = [&](int shift) {
    text->push_back(static_cast<char>(0x80 | (code >> shift & 0x3F)));
  };
  if (code < 0x800) {
    text->push_back(static_cast<char>(0xC0 | code >> 6));
  } else {
    if (code < 0x10000) {
      text->push_back(static_cast<char>(0xE0 | code >> 12));
    } else {
      text->push_back(static_cast<char>(0xF0 | code >> 18));
      append_tail(12);
    }
    append_tail(6);
  }
  append_tail(0);
}

std::string ValidUtf8(std::string_view text) {
  std::string valid;
  valid.reserve(text.size());
  while (!text.empty()) {
    const size_t num_bytes = CharacterBytes(text);
    if (num_bytes == 0) {
      valid += "\xEF\xBF\xBD";
    } else {
      valid += text.substr(0, num_bytes);
    }
    text.remove_prefix(num_bytes == 0 ? 1 : num_bytes);
  }
  return valid;
}

}  // namespace heapgrind
