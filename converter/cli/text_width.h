// How many columns of a terminal a text takes, and how to make it take fewer.

#ifndef HEAPGRIND_CONVERTER_CLI_TEXT_WIDTH_H_
#define HEAPGRIND_CONVERTER_CLI_TEXT_WIDTH_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace heapgrind {

// Columns of a clean text (clean_name.h): two for a wide character (Han,
// emoji), none for a combining one.
size_t TextWidth(std::string_view text);

// `text`, or if it is wider than `num_columns`, its beginning and its end with
// an ellipsis between them, so that it just fits or is one column narrower.
std::string CutText(std::string_view text, size_t num_columns);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CLI_TEXT_WIDTH_H_
