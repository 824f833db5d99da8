#include "converter/commands/text_width.h"

#include <locale.h>
#include <wchar.h>

#include <algorithm>
#include <vector>

#include "absl/strings/str_cat.h"
#include "converter/abseil_view.h"
#include "converter/utf8.h"

namespace heapgrind {
namespace {

// The C library's table of widths belongs to a locale; any of UTF-8 will do.
class Utf8Locale {
 public:
  Utf8Locale() {
    static const locale_t kUtf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    if (kUtf8 != nullptr) before_ = uselocale(kUtf8);
  }
  ~Utf8Locale() {
    if (before_ != nullptr) uselocale(before_);
  }
  Utf8Locale(const Utf8Locale&) = delete;
  Utf8Locale& operator=(const Utf8Locale&) = delete;

 private:
  locale_t before_ = nullptr;
};

struct Character {
  std::string_view bytes;
  size_t width;
};

std::vector<Character> SplitText(std::string_view text) {
  const Utf8Locale locale;
  std::vector<Character> characters;
  while (!text.empty()) {
    const std::string_view bytes =
        text.substr(0, std::max<size_t>(CharacterBytes(text), 1));
    // -1: not known, which terminals show as one box.
    const int width = wcwidth(static_cast<wchar_t>(CodePoint(bytes)));
    characters.push_back({bytes, width < 0 ? size_t{1} : size_t(width)});
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
