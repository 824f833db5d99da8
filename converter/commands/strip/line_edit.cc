#include "converter/commands/strip/line_edit.h"

#include <algorithm>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "converter/base/utf8.h"
#include "converter/json/json_members.h"
#include "converter/json/json_tokens.h"

namespace heapgrind {
namespace {

constexpr size_t kUnicodeEscape = 6;  // Bytes: \uD83D.

bool IsKey(const JsonMember& member, absl::string_view key) {
  if (member.key.find('\\') == absl::string_view::npos) {
    return member.key == key;
  }
  std::string unescaped;
  AppendUnescaped(member.key, &unescaped);
  return unescaped == key;
}

// Whether an escaped surrogate stands there: \uDxxx with the third digit from
// `low` to `low` + 3.
bool IsSurrogate(absl::string_view text, absl::string_view low) {
  if (text.size() < kUnicodeEscape || text.substr(0, 2) != "\\u") return false;
  const bool is_surrogate = text[2] == 'D' || text[2] == 'd';
  return is_surrogate && low.find(text[3]) != absl::string_view::npos;
}

// Bytes of the character, escaped or not, that `text` begins with.
size_t WrittenBytes(absl::string_view text) {
  if (text[0] != '\\') {
    return std::max<size_t>(
        1, CharacterBytes(std::string_view(text.data(), text.size())));
  }
  if (text[1] != 'u') return 2;
  const bool is_pair = IsSurrogate(text, "89abAB") &&
                       IsSurrogate(text.substr(kUnicodeEscape), "cdefCDEF");
  return is_pair ? 2 * kUnicodeEscape : kUnicodeEscape;
}

}  // namespace

std::string ChangeMembers(absl::string_view line,
                          const std::vector<MemberChange>& changes) {
  std::string changed = "{";
  JsonMember member;
  for (JsonMembers members(line); members.Next(&member);) {
    absl::string_view text = member.whole;
    for (const MemberChange& change : changes) {
      if (IsKey(member, change.key)) text = change.text;
    }
    if (text.empty()) continue;
    absl::StrAppend(&changed, changed.size() > 1 ? ", " : "", text);
  }
  changed += '}';
  return changed;
}

absl::string_view MemberValue(absl::string_view line, absl::string_view key) {
  absl::string_view value;
  JsonMember member;
  for (JsonMembers members(line); members.Next(&member);) {
    if (IsKey(member, key)) value = member.value;
  }
  return value;
}

std::string CutString(absl::string_view string, size_t num_characters) {
  const absl::string_view inside = string.substr(1, string.size() - 2);
  size_t size = 0;
  for (size_t i = 0; i < num_characters && size < inside.size(); ++i) {
    size += WrittenBytes(inside.substr(size));
  }
  return absl::StrCat("\"", inside.substr(0, size), "\"");
}

}  // namespace heapgrind
