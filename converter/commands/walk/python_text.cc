#include "converter/commands/walk/python_text.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "converter/base/abseil_view.h"
#include "converter/base/character_classes.h"
#include "converter/base/utf8.h"

namespace heapgrind {
namespace {

// Written as escapes of one letter; the others by their numbers.
constexpr std::string_view kEscaped = "\n\r\t\\'";
constexpr std::string_view kLetters = "nrt\\'";

bool IsNameByte(char c) {
  return absl::ascii_isalnum(static_cast<unsigned char>(c)) || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Appends what the escape stands for behind whose backslash `text` begins.
// Returns how many bytes it has.
size_t TakeEscape(std::string_view text, std::string* out) {
  const size_t letter = kLetters.find(text[0]);
  if (letter != std::string_view::npos) {
    out->push_back(kEscaped[letter]);
    return 1;
  }
  const size_t num_digits = text[0] == 'x'   ? 2
                            : text[0] == 'u' ? 4
                            : text[0] == 'U' ? 8
                                             : 0;
  const std::string_view digits = text.substr(1, num_digits);
  uint32_t code = 0;
  if (num_digits > 0 && digits.size() == num_digits &&
      std::all_of(digits.begin(), digits.end(), absl::ascii_isxdigit) &&
      absl::SimpleHexAtoi(View(digits), &code) && code < 0x110000) {
    if (num_digits == 2) {
      out->push_back(static_cast<char>(code));  // A byte.
    } else {
      AppendUtf8(code, out);
    }
    return 1 + num_digits;
  }
  out->push_back(text[0]);
  return 1;
}

}  // namespace

std::string QuotedText(std::string_view text) {
  std::string quoted = "'";
  while (!text.empty()) {
    const size_t size = CharacterBytes(text);
    const size_t letter = kEscaped.find(text[0]);
    const uint32_t code_point = size == 0 ? 0 : CodePoint(text.substr(0, size));
    if (letter != std::string_view::npos) {
      absl::StrAppend(&quoted, "\\", View(kLetters.substr(letter, 1)));
    } else if (size == 0 || (size == 1 && IsHidden(code_point))) {
      absl::StrAppendFormat(&quoted, "\\x%02x",
                            static_cast<unsigned char>(text[0]));
    } else if (IsHidden(code_point)) {
      absl::StrAppendFormat(
          &quoted, code_point < 0x10000 ? "\\u%04x" : "\\U%08x", code_point);
    } else {
      quoted.append(text.substr(0, size));
    }
    text.remove_prefix(std::max<size_t>(size, 1));
  }
  return quoted + "'";
}

bool UnquoteText(std::string_view literal, std::string* text, size_t* size) {
  if (literal.empty() || (literal[0] != '\'' && literal[0] != '"')) {
    return false;
  }
  text->clear();
  for (size_t i = 1; i < literal.size();) {
    if (literal[i] == literal[0]) {
      *size = i + 1;
      return true;
    }
    if (literal[i] == '\\' && i + 1 < literal.size()) {
      i += 1 + TakeEscape(literal.substr(i + 1), text);
    } else {
      text->push_back(literal[i++]);
    }
  }
  return false;
}

bool IsIdentifier(std::string_view text) {
  return !text.empty() &&
         !absl::ascii_isdigit(static_cast<unsigned char>(text[0])) &&
         std::all_of(text.begin(), text.end(), IsNameByte);
}

}  // namespace heapgrind
