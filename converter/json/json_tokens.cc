#include "converter/json/json_tokens.h"

#include <algorithm>
#include <cstdint>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "converter/base/utf8.h"

namespace heapgrind {
namespace {

constexpr absl::string_view kBlanks = " \t\r\n";
constexpr absl::string_view kPunctuation = "{}[]:,";
constexpr absl::string_view kEndOfRun = " \t\r\n{}[]:,\"";
constexpr size_t kLongestDescription = 32;  // Bytes.

// The offset after the token that begins at `start`.
size_t TokenEnd(absl::string_view line, size_t start) {
  if (kPunctuation.find(line[start]) != kPunctuation.npos) return start + 1;
  if (line[start] != '"') {
    const size_t end = line.find_first_of(kEndOfRun, start);
    return end == line.npos ? line.size() : end;
  }
  for (size_t i = start + 1; i < line.size(); ++i) {
    if (line[i] == '"') return i + 1;
    if (line[i] == '\\') ++i;
  }
  return line.size();
}

bool IsHighSurrogate(uint32_t code) { return code >> 10 == 0xD800 >> 10; }
bool IsLowSurrogate(uint32_t code) { return code >> 10 == 0xDC00 >> 10; }

// The value of four hexadecimal digits.
uint32_t HexValue(absl::string_view digits) {
  uint32_t value = 0;
  for (const char c : digits.substr(0, 4)) {
    const uint32_t digit =
        absl::ascii_isdigit(c) ? c - '0' : absl::ascii_tolower(c) - 'a' + 10;
    value = value << 4 | digit;
  }
  return value;
}

// Appends the character that `rest` begins with, after the `\u`.  Returns how
// many bytes of `rest` it took: 4, or 10 for a pair of surrogates.
size_t AppendUnicodeEscape(absl::string_view rest, std::string* text) {
  const uint32_t code = HexValue(rest);
  if (IsHighSurrogate(code) && rest.size() >= 10 &&
      rest.substr(4, 2) == "\\u") {
    const uint32_t partner = HexValue(rest.substr(6));
    if (IsLowSurrogate(partner)) {
      AppendUtf8(0x10000 + ((code & 0x3FF) << 10 | (partner & 0x3FF)), text);
      return 10;
    }
  }
  AppendUtf8(code, text);
  return 4;
}

// The character that a backslash and `letter` stand for.
char UnescapedLetter(char letter) {
  switch (letter) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return letter;  // A quote, a backslash, a slash.
  }
}

}  // namespace

absl::string_view TokenAt(absl::string_view line, size_t offset) {
  size_t start = 0;
  for (;;) {
    start = line.find_first_not_of(kBlanks, start);
    if (start == line.npos) return line.substr(line.size());
    const size_t end = TokenEnd(line, start);
    if (end > offset) return line.substr(start, end - start);
    start = end;
  }
}

std::string DescribeToken(absl::string_view token) {
  if (token.empty()) return "the end of the line";
  const unsigned char first = static_cast<unsigned char>(token[0]);
  if (!absl::ascii_isprint(first)) return absl::StrFormat("byte 0x%02x", first);
  if (first == '"') return "a string";
  if (first == '{') return "an object";
  if (first == '[') return "an array";
  size_t shown = 1;
  while (shown < token.size() && absl::ascii_isprint(token[shown])) ++shown;
  const bool is_whole = shown == token.size() && shown <= kLongestDescription;
  const std::string text = absl::StrCat(
      token.substr(0, is_whole ? shown : std::min(shown, kLongestDescription)),
      is_whole ? "" : "...");
  const bool is_plain = absl::ascii_isdigit(first) || first == '-' ||
                        token == "true" || token == "false" || token == "null";
  return is_plain ? text : absl::StrCat("\"", text, "\"");
}

absl::string_view StringAtEnd(absl::string_view text) {
  // Inside a string an odd number of backslashes stands before every quote, and
  // none before the opening one.
  const size_t end = text.size() - 1;
  size_t quote = text.rfind('"', end - 1);
  while (quote > 0 && text[quote - 1] == '\\')
    quote = text.rfind('"', quote - 1);
  return text.substr(quote + 1, end - quote - 1);
}

void AppendUnescaped(absl::string_view escaped, std::string* text) {
  size_t done = 0;
  for (;;) {
    const size_t backslash = escaped.find('\\', done);
    if (backslash == escaped.npos) break;
    text->append(escaped.data() + done, backslash - done);
    const char letter = escaped[backslash + 1];
    done = backslash + 2;
    if (letter == 'u') {
      done += AppendUnicodeEscape(escaped.substr(done), text);
    } else {
      text->push_back(UnescapedLetter(letter));
    }
  }
  text->append(escaped.data() + done, escaped.size() - done);
}

}  // namespace heapgrind
