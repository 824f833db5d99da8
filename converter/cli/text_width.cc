#include "converter/cli/text_width.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "converter/base/abseil_view.h"
#include "converter/base/character_classes.h"
#include "converter/base/utf8.h"

namespace heapgrind {
namespace {

size_t WidthOf(uint32_t code_point) {
  if (code_point < 0x300) return 1;
  if (IsCombining(code_point)) return 0;
  return IsWide(code_point) ? 2 : 1;
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
