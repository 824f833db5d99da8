#include "converter/profile/sharer_names.h"

#include <algorithm>

#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "converter/base/abseil_view.h"

namespace heapgrind {
namespace {

constexpr std::string_view kComma = ", ";

}  // namespace

void NameList::SortAndUnite() {
  std::sort(begin(), end());
  StringId* const last = std::unique(begin(), end());
  std::fill(last, end(), kNoString);
  size_ = static_cast<uint32_t>(last - begin());
}

uint32_t SharerNames::NumberOf(NameList names) {
  if (names.size() == 0) names.Add(strings_.Intern(""));
  names.SortAndUnite();
  const bool has_comma =
      std::any_of(names.begin(), names.end(),
                  [this](StringId name) { return HasComma(name); });
  if (has_comma) return NumberOfText(Join(names));
  const auto [entry, is_new] = number_of_names_.try_emplace(names);
  if (is_new) entry->second = Add(names, kNoString);
  return entry->second;
}

// What lists names without commas may also come from one that has some.
uint32_t SharerNames::NumberOfText(std::string_view text) {
  NameList pieces;
  if (Split(text, &pieces)) return NumberOf(pieces);
  const StringId id = strings_.Intern(text);
  const auto [entry, is_new] = number_of_text_.try_emplace(id);
  if (is_new) entry->second = Add({}, id);
  return entry->second;
}

StringId SharerNames::Text(uint32_t number) {
  if (number == 0) return kNoString;
  StringId& text = text_of_number_[number];
  if (text == kNoString) {
    text = strings_.Intern(Join(names_of_number_[number]));
  }
  return text;
}

uint32_t SharerNames::Add(NameList names, StringId text) {
  text_of_number_.push_back(text);
  names_of_number_.push_back(names);
  return static_cast<uint32_t>(text_of_number_.size() - 1);
}

bool SharerNames::HasComma(StringId name) {
  if (name >= comma_of_name_.size()) comma_of_name_.resize(strings_.size());
  uint8_t& known = comma_of_name_[name];
  if (known == 0) {
    const bool has_one =
        strings_.Text(name).find(kComma) != std::string_view::npos;
    known = has_one ? 2 : 1;
  }
  return known == 2;
}

std::string SharerNames::Join(const NameList& names) const {
  std::vector<std::string_view> texts;
  for (const StringId name : names) texts.push_back(strings_.Text(name));
  std::sort(texts.begin(), texts.end());
  return absl::StrJoin(texts, View(kComma), [](std::string* out, auto text) {
    out->append(text.data(), text.size());
  });
}

// Whether `text` is what Join() gives for names without commas, which go to
// `pieces`.
bool SharerNames::Split(std::string_view text, NameList* pieces) {
  const std::vector<absl::string_view> texts =
      absl::StrSplit(View(text), View(kComma));
  const bool is_list =
      texts.size() <= kMaxSharers &&
      std::adjacent_find(texts.begin(), texts.end(),
                         [](auto a, auto b) { return a >= b; }) == texts.end();
  if (!is_list) return false;
  for (const absl::string_view piece : texts) {
    pieces->Add(strings_.Intern({piece.data(), piece.size()}));
  }
  return true;
}

}  // namespace heapgrind
