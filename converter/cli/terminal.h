// What standard output is: a terminal that a person looks at, or a pipe or file
// that a program reads.

#ifndef HEAPGRIND_CONVERTER_CLI_TERMINAL_H_
#define HEAPGRIND_CONVERTER_CLI_TERMINAL_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "absl/strings/string_view.h"

namespace heapgrind {

// How tables are to be written.
struct OutputStyle {
  size_t num_columns = 0;    // Of the terminal; 0: lines may have any length.
  bool is_readable = false;  // Sizes for people, not for programs.
  bool has_colour = false;
};

// On a terminal: as wide as $COLUMNS or else the terminal says (80 if neither
// does), sizes readable, in colour unless $NO_COLOR is not empty or $TERM is
// "dumb".  Elsewhere none of it.
OutputStyle StyleOfStandardOutput();

// A number of bytes: "1.5 MiB" where sizes are readable, else the number.
std::string BytesText(uint64_t bytes, const OutputStyle& style);

// The same with its sign, unless it is zero: "+1.5 MiB", "-3".
std::string ChangeText(int64_t bytes, const OutputStyle& style);

// "12.3": per cent, of nothing 0.
std::string PercentText(uint64_t part, uint64_t whole);

// `text` as a heading, which it is only where there is colour.
std::string Heading(absl::string_view text, const OutputStyle& style);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_CLI_TERMINAL_H_
