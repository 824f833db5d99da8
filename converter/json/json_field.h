// A key that a JSON object may have, and the place where its value goes.

#ifndef HEAPGRIND_CONVERTER_JSON_JSON_FIELD_H_
#define HEAPGRIND_CONVERTER_JSON_JSON_FIELD_H_

#include <cstdint>
#include <string_view>
#include <variant>
#include <vector>

namespace heapgrind {

// A string, or a number as it is written.
struct TextOrNumber {
  std::string_view* text;
};

// Where a value goes, which says of what type it must be: a whole number from 0
// to 2^64-1, a string, either, a list of such numbers, a list of strings and
// nulls.  Texts borrow from the line and from the parser, until the next line;
// a null is a view without data.
using JsonPlace =
    std::variant<uint64_t*, std::string_view*, TextOrNumber,
                 std::vector<uint64_t>*, std::vector<std::string_view>*>;

struct JsonField {
  std::string_view key;
  JsonPlace place;
  bool is_present = false;  // In the line parsed last; also if mistyped.
  bool is_mistyped = false;
};

// Makes the place 0, a view without data, or an empty list.
void ClearPlace(const JsonField& field);

// Whether the value must be a list.
bool IsList(const JsonField& field);

// What messages call the value that belongs in the place; of a list, an
// element.
std::string_view ExpectedValue(const JsonField& field);

// Puts a number, as it is written, into the place; into a list, as its next
// element.  Returns false, and changes nothing, if it does not belong there.
bool PutNumber(const JsonField& field, std::string_view digits);

// The same for a string and, in a list of strings, for a null: a view without
// data.
bool PutText(const JsonField& field, std::string_view text);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_JSON_JSON_FIELD_H_
