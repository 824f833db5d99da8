#include "converter/load/name_texts.h"

#include <algorithm>

#include "absl/strings/ascii.h"

namespace heapgrind {
namespace {

constexpr size_t kMaxNumberBytes = 6;

// Longer texts do not look like names.
constexpr size_t kMaxNameBytes = 40;

bool IsNumber(std::string_view text) {
  return !text.empty() &&
         text.find_first_not_of("-0123456789") == std::string_view::npos;
}

}  // namespace

bool IsDefinitionRecord(const DumpRecord& record, NodeKind kind) {
  return kind != NodeKind::kObject || record.file.data() != nullptr;
}

std::string_view TextOfRecord(const DumpRecord& record, bool is_definition) {
  // Meliae calls the name of a frame its value.
  if (is_definition) {
    return record.name.data() == nullptr ? record.value : record.name;
  }
  const bool is_value =
      record.value.data() != nullptr &&
      (record.value.size() <= kMaxNumberBytes || !IsNumber(record.value));
  return is_value ? record.value : record.name;
}

bool IsSpecialName(std::string_view text) {
  return text.size() > 4 && text.substr(0, 2) == "__" &&
         text.substr(text.size() - 2) == "__";
}

bool LooksLikeAName(std::string_view text) {
  return text.size() <= kMaxNameBytes &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return absl::ascii_isalnum(c) || c == '_' || c == '.' || c >= 0x80;
         });
}

}  // namespace heapgrind
