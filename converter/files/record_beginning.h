// Tells by its first bytes whether a text can be a dump, so that nobody waits
// for the end of /dev/zero.

#ifndef HEAPGRIND_CONVERTER_FILES_RECORD_BEGINNING_H_
#define HEAPGRIND_CONVERTER_FILES_RECORD_BEGINNING_H_

#include <cstddef>

#include "absl/strings/string_view.h"

namespace heapgrind {

// So much of a line, or of a text, is enough to be judged.
inline constexpr size_t kJudgedBytes = 1 << 20;

// No record is longer: 2^28 references take less.  The first is the header, or
// some object of Meliae's.
inline constexpr size_t kMaxLineBytes = size_t{1} << 32;
inline constexpr size_t kMaxFirstLineBytes = size_t{1} << 28;

// Lines of so many bytes or more are too long.
struct LineLimits {
  size_t first = kMaxFirstLineBytes;  // The line of the first record.
  size_t others = kMaxLineBytes;
};

// Whether `text`, the first kJudgedBytes of something longer, can be the
// beginning of a record, after blanks and what makes the lines one array: a
// brace and a quote.
bool MayBeRecord(absl::string_view text);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_FILES_RECORD_BEGINNING_H_
