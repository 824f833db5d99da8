// JSON strings of the texts that a Python process holds.
//
// Whatever comes in, valid JSON in valid UTF-8 comes out.  docs/dump_format.md
// says which characters are escaped.

#ifndef HEAPGRIND_SCANNER_OUTPUT_JSON_TEXT_H_
#define HEAPGRIND_SCANNER_OUTPUT_JSON_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "output/output.h"

namespace heapgrind {

// Characters as CPython stores them: `width` bytes each, 1, 2 or 4.
struct Characters {
  const void* start;
  size_t length;
  int width;
};

// Writes all of `characters`, in quotes.  Lone surrogates become \udXXX, and
// so does what is beyond U+10FFFF (as U+FFFD).  `prefix`, of plain ASCII,
// stands in front of them.
void WriteCharacters(Characters characters, Output* output,
                     std::string_view prefix = {});

// Writes `utf8` in quotes.  Bytes that are not UTF-8 are read as latin-1.
void WriteUtf8(std::string_view utf8, Output* output,
               std::string_view prefix = {});

// Writes `, "key": `.  In the header because most keys are known here: their
// bytes are written as those of a literal.
inline void WriteKey(std::string_view key, Output* output) {
  output->Text(", \"");
  output->Text(key);
  output->Text("\": ");
}

// Writes `, "key": ` and a number, unless the number is zero.
inline void WriteNumberUnlessZero(std::string_view key, uint64_t number,
                                  Output* output) {
  if (number == 0) return;
  WriteKey(key, output);
  output->Number(number);
}

}  // namespace heapgrind

#endif  // HEAPGRIND_SCANNER_OUTPUT_JSON_TEXT_H_
