#include "converter/json/json_members.h"

#include <cstddef>

namespace heapgrind {
namespace {

constexpr absl::string_view kBlanks = " \t\r\n";

void SkipBlanks(absl::string_view* text) {
  const size_t count = text->find_first_not_of(kBlanks);
  text->remove_prefix(count == text->npos ? text->size() : count);
}

// What separates members and elements.
void SkipComma(absl::string_view* text) {
  SkipBlanks(text);
  if (!text->empty() && text->front() == ',') text->remove_prefix(1);
  SkipBlanks(text);
}

// The size of the string that `text` begins with, quotes included.
size_t StringSize(absl::string_view text) {
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i] == '"') return i + 1;
    if (text[i] == '\\') ++i;
  }
  return text.size();
}

// The size of the object or array that `text` begins with.
size_t NestedSize(absl::string_view text) {
  size_t depth = 0;
  for (size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c == '"') {
      i += StringSize(text.substr(i));
      continue;
    }
    ++i;
    if (c == '{' || c == '[') ++depth;
    if ((c == '}' || c == ']') && --depth == 0) return i;
  }
  return text.size();
}

// Takes the value off that `text` begins with.
absl::string_view TakeValue(absl::string_view* text) {
  size_t size = 0;
  if (text->empty()) return *text;
  if (text->front() == '"') {
    size = StringSize(*text);
  } else if (text->front() == '{' || text->front() == '[') {
    size = NestedSize(*text);
  } else {
    size = text->find_first_of(",]} \t\r\n");
    if (size == text->npos) size = text->size();
  }
  const absl::string_view value = text->substr(0, size);
  text->remove_prefix(size);
  return value;
}

// Without what opens the object or array.
absl::string_view Inside(absl::string_view text) {
  SkipBlanks(&text);
  if (!text.empty()) text.remove_prefix(1);
  return text;
}

}  // namespace

JsonMembers::JsonMembers(absl::string_view text) : rest_(Inside(text)) {}

bool JsonMembers::Next(JsonMember* member) {
  SkipComma(&rest_);
  if (rest_.empty() || rest_.front() != '"') return false;
  const absl::string_view whole = rest_;
  const absl::string_view key = TakeValue(&rest_);
  member->key = key.substr(1, key.size() - 2);
  SkipBlanks(&rest_);
  rest_.remove_prefix(1);  // The colon.
  SkipBlanks(&rest_);
  member->value = TakeValue(&rest_);
  member->whole = whole.substr(0, whole.size() - rest_.size());
  return true;
}

JsonElements::JsonElements(absl::string_view text) : rest_(Inside(text)) {}

bool JsonElements::Next(absl::string_view* element) {
  SkipComma(&rest_);
  if (rest_.empty() || rest_.front() == ']') return false;
  *element = TakeValue(&rest_);
  return true;
}

}  // namespace heapgrind
