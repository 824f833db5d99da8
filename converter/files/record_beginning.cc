#include "converter/files/record_beginning.h"

#include "absl/strings/ascii.h"
#include "absl/strings/strip.h"

namespace heapgrind {

bool MayBeRecord(absl::string_view text) {
  text = absl::StripLeadingAsciiWhitespace(text);
  if (!absl::ConsumePrefix(&text, "[")) absl::ConsumePrefix(&text, ",");
  text = absl::StripLeadingAsciiWhitespace(text);
  if (!absl::ConsumePrefix(&text, "{")) return false;
  text = absl::StripLeadingAsciiWhitespace(text);
  return absl::ConsumePrefix(&text, "\"");
}

}  // namespace heapgrind
