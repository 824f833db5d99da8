#include "converter/dump/json_array_lines.h"

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/strip.h"

namespace heapgrind {
namespace {

// Whether `line` begins an array of records; one of anything else does not
// count.
bool BeginsArray(absl::string_view line) {
  if (!absl::ConsumePrefix(&line, "[")) return false;
  line = absl::StripLeadingAsciiWhitespace(line);
  return line.empty() || line[0] == '{' || line[0] == ']';
}

// Takes `mark` off the end of `line`, unless it belongs to the record there: a
// record that is cut off may end with either mark.
bool ConsumeLast(absl::string_view mark, absl::string_view* line) {
  absl::string_view rest = *line;
  if (!absl::ConsumeSuffix(&rest, mark)) return false;
  rest = absl::StripTrailingAsciiWhitespace(rest);
  if (!rest.empty() && rest.back() != '}' && rest.back() != ',') return false;
  *line = rest;
  return true;
}

}  // namespace

absl::string_view JsonArrayLines::Unwrap(absl::string_view line) {
  if (state_ == State::kNoArray || state_ == State::kClosed) return line;
  absl::string_view inner = absl::StripAsciiWhitespace(line);
  if (state_ == State::kStart) {
    if (inner.empty()) return line;
    if (!BeginsArray(inner)) {
      state_ = State::kNoArray;
      return line;
    }
    state_ = State::kOpen;
    inner.remove_prefix(1);
  } else {
    absl::ConsumePrefix(&inner, ",");
  }
  if (ConsumeLast("]", &inner)) state_ = State::kClosed;
  ConsumeLast(",", &inner);
  return inner;
}

}  // namespace heapgrind
