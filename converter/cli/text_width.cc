#include "converter/cli/text_width.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "converter/base/abseil_view.h"
#include "converter/base/utf8.h"

namespace heapgrind {
namespace {

struct Range {
  uint32_t first;
  uint32_t last;
};

// The C library's table belongs to a locale, which need not be installed.  The
// Unicode Standard 15.0: general categories Mn, Me and Cf of the scripts in
// wide use, and what joins emoji.
constexpr Range kCombining[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A},
    {0x064B, 0x065F}, {0x06D6, 0x06DC}, {0x0900, 0x0902}, {0x093C, 0x093C},
    {0x0941, 0x0948}, {0x094D, 0x094D}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A},
    {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F},
    {0x202A, 0x202E}, {0x2060, 0x2064}, {0x20D0, 0x20F0}, {0x3099, 0x309A},
    {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF},
};

// The same, EastAsianWidth.txt: W and F.
constexpr Range kWide[] = {
    {0x1100, 0x115F},   {0x231A, 0x231B},   {0x2329, 0x232A},
    {0x23E9, 0x23EC},   {0x25FD, 0x25FE},   {0x2614, 0x2615},
    {0x26BD, 0x26BE},   {0x2705, 0x2705},   {0x270A, 0x270B},
    {0x274C, 0x274C},   {0x2753, 0x2755},   {0x2795, 0x2797},
    {0x2B1B, 0x2B1C},   {0x2E80, 0x303E},   {0x3041, 0x33FF},
    {0x3400, 0x4DBF},   {0x4E00, 0xA4CF},   {0xA960, 0xA97F},
    {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE10, 0xFE19},
    {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
    {0x16FE0, 0x18CFF}, {0x1B000, 0x1B2FB}, {0x1F300, 0x1F64F},
    {0x1F680, 0x1F6FF}, {0x1F7E0, 0x1F7EB}, {0x1F900, 0x1F9FF},
    {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD},
};

template <size_t kSize>
bool IsIn(const Range (&ranges)[kSize], uint32_t code_point) {
  for (const Range& range : ranges) {
    if (code_point <= range.last) return code_point >= range.first;
  }
  return false;
}

size_t WidthOf(uint32_t code_point) {
  if (code_point < 0x300) return 1;
  if (IsIn(kCombining, code_point)) return 0;
  return IsIn(kWide, code_point) ? 2 : 1;
}

struct Character {
  std::string_view bytes;
  size_t width;
};

std::vector<Character> SplitText(std::string_view text) {
  std::vector<Character> characters;
  while (!text.empty()) {
    const std::string_view bytes =
        text.substr(0, std::max<size_t>(CharacterBytes(text), 1));
    characters.push_back({bytes, WidthOf(CodePoint(bytes))});
    text.remove_prefix(bytes.size());
  }
  return characters;
}

}  // namespace

size_t TextWidth(std::string_view text) {
  size_t width = 0;
  for (const Character& character : SplitText(text)) width += character.width;
  return width;
}

std::string CutText(std::string_view text, size_t num_columns) {
  if (TextWidth(text) <= num_columns) return std::string(text);
  if (num_columns == 0) return "";
  const std::vector<Character> characters = SplitText(text);
  const size_t head_columns = num_columns / 2;
  const size_t tail_columns = num_columns - head_columns - 1;
  size_t head_bytes = 0;
  size_t width = 0;
  for (const Character& character : characters) {
    width += character.width;
    if (width > head_columns) break;
    head_bytes += character.bytes.size();
  }
  size_t tail_bytes = 0;
  width = 0;
  for (size_t i = characters.size(); i-- > 0;) {
    width += characters[i].width;
    if (width > tail_columns) break;
    tail_bytes += characters[i].bytes.size();
  }
  return absl::StrCat(View(text.substr(0, head_bytes)), "…",
                      View(text.substr(text.size() - tail_bytes)));
}

}  // namespace heapgrind
