// Long texts without their middle.

#ifndef HEAPGRIND_CONVERTER_BASE_CUT_TEXT_H_
#define HEAPGRIND_CONVERTER_BASE_CUT_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace heapgrind {

// `text`, or if it has more than `limit` bytes, its ends:
// "begin...1f0a9c...end". The six digits are a hash of the whole text, so that
// two texts with the same ends stay apart (but for one pair in 16 million), on
// every machine alike.  Cuts between characters of UTF-8.
std::string CutMiddle(std::string_view text, size_t limit);

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_BASE_CUT_TEXT_H_
