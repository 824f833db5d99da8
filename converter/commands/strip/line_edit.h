// Changes single members of a record's line, and leaves the others as they
// stand.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_STRIP_LINE_EDIT_H_
#define HEAPGRIND_CONVERTER_COMMANDS_STRIP_LINE_EDIT_H_

#include <cstddef>
#include <string>
#include <vector>

#include "absl/strings/string_view.h"

namespace heapgrind {

// What stands in place of the members with that key: other members, as text;
// "" if nothing does.
struct MemberChange {
  absl::string_view key;
  std::string text;
};

// `line`, a valid JSON object, with `changes`.  It has one blank behind each
// comma that separates members; the rest of the members' text is the same.
std::string ChangeMembers(absl::string_view line,
                          const std::vector<MemberChange>& changes);

// The value of the last member with that key, as it stands; "" if there is
// none.
absl::string_view MemberValue(absl::string_view line, absl::string_view key);

// The first `num_characters` of a valid JSON string, with its quotes; a pair of
// escaped surrogates is one character, and so is a byte that is no UTF-8.
std::string CutString(absl::string_view string, size_t num_characters);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_STRIP_LINE_EDIT_H_
