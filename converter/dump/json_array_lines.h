// Takes away what makes the lines of a dump the elements of one JSON array.
//
//     [                         [{"address": 1, ...},
//     {"address": 1, ...},      {"address": 2, ...}]
//     {"address": 2, ...}
//     ]
//
// Meliae dumps may be wrapped like this, so that other programs can read them
// as one JSON document.

#ifndef HEAPGRIND_CONVERTER_DUMP_JSON_ARRAY_LINES_H_
#define HEAPGRIND_CONVERTER_DUMP_JSON_ARRAY_LINES_H_

#include "absl/strings/string_view.h"

namespace heapgrind {

class JsonArrayLines {
 public:
  // The part of the next line that is its record; blank if it has none.  A line
  // that belongs to no array comes back as it is.
  absl::string_view Unwrap(absl::string_view line);

  // Whether the array has begun and not ended.
  bool is_open() const { return state_ == State::kOpen; }

  // Whether the array has ended: only blank lines may follow.
  bool is_closed() const { return state_ == State::kClosed; }

 private:
  enum class State { kStart, kNoArray, kOpen, kClosed };

  State state_ = State::kStart;
};

}  // namespace heapgrind

#endif  // HEAPGRIND_CONVERTER_DUMP_JSON_ARRAY_LINES_H_
