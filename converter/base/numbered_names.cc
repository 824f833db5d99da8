#include "converter/base/numbered_names.h"

#include <set>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "absl/strings/str_cat.h"
#include "converter/base/abseil_view.h"

namespace heapgrind {
namespace {

constexpr std::string_view kDigits = "0123456789";

std::string WithoutLastNumber(std::string_view name) {
  size_t last = name.find(" (");
  if (last != std::string_view::npos) last = name.find_last_of(kDigits, last);
  if (last == std::string_view::npos) last = name.find_last_of(kDigits);
  if (last == std::string_view::npos) return std::string(name);
  size_t first = last;
  while (first > 0 && HasDigit(name.substr(first - 1, 1))) --first;
  return absl::StrCat(View(name.substr(0, first)), "*",
                      View(name.substr(last + 1)));
}

std::string WithoutNumbers(std::string_view name) {
  std::string result;
  for (size_t i = 0; i < name.size(); ++i) {
    const bool is_digit = HasDigit(name.substr(i, 1));
    if (!is_digit) result += name[i];
    if (is_digit && (i == 0 || !HasDigit(name.substr(i - 1, 1)))) result += "*";
  }
  return result;
}

// Gives those of `names` that have no pattern yet that of their kind, if it is
// large enough.
void Fold(const std::vector<std::string_view>& names, size_t min_names,
          std::string (*pattern_of)(std::string_view),
          std::vector<std::string>* patterns) {
  absl::flat_hash_map<std::string, std::set<std::string_view>> kinds;
  for (size_t i = 0; i < names.size(); ++i) {
    if (!(*patterns)[i].empty() || !HasDigit(names[i])) continue;
    kinds[pattern_of(names[i])].insert(names[i]);
  }
  for (size_t i = 0; i < names.size(); ++i) {
    if (!(*patterns)[i].empty() || !HasDigit(names[i])) continue;
    std::string pattern = pattern_of(names[i]);
    if (kinds[pattern].size() >= min_names) (*patterns)[i] = std::move(pattern);
  }
}

}  // namespace

bool HasDigit(std::string_view text) {
  return text.find_first_of(kDigits) != std::string_view::npos;
}

std::vector<std::string> FoldNumberedNames(
    const std::vector<std::string_view>& names, size_t min_names) {
  std::vector<std::string> patterns(names.size());
  Fold(names, min_names, WithoutLastNumber, &patterns);
  Fold(names, min_names, WithoutNumbers, &patterns);
  return patterns;
}

}  // namespace heapgrind
