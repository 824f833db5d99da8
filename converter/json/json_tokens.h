// Finds and reads single tokens in the text of a JSON line.
//
// A token is a string, a punctuation mark, or a run of other characters without
// blanks (numbers, true, or what should not be there).  An offset counts bytes
// from the front of the line.

#ifndef HEAPGRIND_CONVERTER_JSON_JSON_TOKENS_H_
#define HEAPGRIND_CONVERTER_JSON_JSON_TOKENS_H_

#include <cstddef>
#include <string>

#include "absl/strings/string_view.h"

namespace heapgrind {

// The token that holds the byte at `offset`, or the next one if that byte is a
// blank; empty at the end of the line.  Costs a walk from the front of the
// line.
absl::string_view TokenAt(absl::string_view line, size_t offset);

// What a message calls `token`: "a string", `","`, "-1", "the end of the line".
// Long ones are shortened, and bytes that a terminal cannot show are numbers.
std::string DescribeToken(absl::string_view token);

// The inside of the string whose closing quote is the last byte of `text`.
// What stands before the string must be valid JSON.
absl::string_view StringAtEnd(absl::string_view text);

// Appends what `escaped`, the inside of a valid JSON string, stands for.
//
// Bytes that are no UTF-8 stay as they are.  A surrogate without its partner
// becomes the three bytes that UTF-8's scheme gives it (as Python's error
// handler "surrogatepass" does), so that different strings stay different; yajl
// itself writes "?" for some of them and joins others.  Appends no more bytes
// than `escaped` has.
void AppendUnescaped(absl::string_view escaped, std::string* text);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_JSON_JSON_TOKENS_H_
