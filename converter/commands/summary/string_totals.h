// How large the strings of a heap are, and how many of them are there twice.

#ifndef HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_STRING_TOTALS_H_
#define HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_STRING_TOTALS_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "converter/commands/summary/text_collector.h"

namespace heapgrind {

// Strings of one size: above half of `up_to`, at most `up_to` bytes.
struct StringSizes {
  uint64_t up_to = 0;  // A power of two.
  uint64_t objects = 0;
  uint64_t bytes = 0;
  uint64_t duplicate_bytes = 0;  // Of duplicates.
};

// Strings of one type and one text.
struct SameStrings {
  std::string_view text;
  char form = 's';  // HeapText::form.
  uint64_t objects = 0;
  uint64_t bytes = 0;
  uint64_t duplicate_bytes = 0;  // Of all but one.
};

// Duplicates are the strings that have the type and the text of another one at
// a lower address.  Only strings that the dump has whole can be compared.
struct StringTotals {
  uint64_t objects = 0;
  uint64_t bytes = 0;
  uint64_t whole_objects = 0;
  uint64_t whole_bytes = 0;
  uint64_t duplicate_objects = 0;
  uint64_t duplicate_bytes = 0;
  std::vector<StringSizes> sizes;  // From small to large, none empty.
  // Those that cost most first, `num_wanted` of them.
  std::vector<SameStrings> duplicates;
};

// `texts` by address.
StringTotals CountStrings(const std::vector<HeapText>& texts,
                          uint64_t num_wanted);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_COMMANDS_SUMMARY_STRING_TOTALS_H_
