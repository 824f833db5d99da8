#include "converter/base/unique_names.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace heapgrind {

std::string UniqueNames::Add(std::string name) {
  uint64_t& num_uses = num_uses_[name];
  if (++num_uses == 1) return name;
  // A numbered name may itself have been handed out.
  for (uint64_t number = num_uses;; ++number) {
    std::string numbered = absl::StrCat(name, " #", number);
    if (!num_uses_.contains(numbered)) {
      num_uses_[name] = number;
      num_uses_[numbered] = 1;
      return numbered;
    }
  }
}

}  // namespace heapgrind
