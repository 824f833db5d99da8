// Finds where the members of a JSON object stand in its text, and the elements
// of an array.
//
// For text that a parser has found to be right, so that what it says can be
// copied or replaced as it is written.

#ifndef HEAPGRIND_CONVERTER_JSON_JSON_MEMBERS_H_
#define HEAPGRIND_CONVERTER_JSON_JSON_MEMBERS_H_

#include "absl/strings/string_view.h"

namespace heapgrind {

// Views of the text.
struct JsonMember {
  absl::string_view key;    // Without its quotes, escapes as they stand.
  absl::string_view value;  // As it stands.
  absl::string_view whole;  // From the key's quote to the value's end.
};

// The members of the object that `text` is, in their order.
class JsonMembers {
 public:
  // `text` must be a valid JSON object, blanks around it allowed.
  explicit JsonMembers(absl::string_view text);

  // The next member; false at the end.
  bool Next(JsonMember* member);

 private:
  absl::string_view rest_;
};

// The elements of the array that `text` is.
class JsonElements {
 public:
  // `text` must be a valid JSON array, blanks around it allowed.
  explicit JsonElements(absl::string_view text);

  // The next element, as it stands; false at the end.
  bool Next(absl::string_view* element);

 private:
  absl::string_view rest_;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_JSON_JSON_MEMBERS_H_
