#include "converter/json/json_syntax_error.h"

#include <cstddef>
#include <string>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "converter/json/json_tokens.h"

namespace heapgrind {
namespace {

struct Explanation {
  absl::string_view yajl;      // A part of yajl's message.
  absl::string_view expected;  // What we call it.
  bool is_inside_string;  // yajl stops at the wrong byte, not after a token.
};

// Messages of yajl 2.1.0: yajl_lex.c, yajl_lex_error_to_string, and
// yajl_parser.c, yajl_do_parse.
constexpr Explanation kExplanations[] = {
    {"inside a string, '\\' occurs", "one of \"\\/bfnrtu after a \\", true},
    {"invalid character inside string", "no control character in a string",
     true},
    {"invalid (non-hex) character", "four hexadecimal digits after \\u", true},
    {"separated by a colon", "\":\" after a key", false},
    {"invalid object key", "a key in quotes", false},
    {"inside map, I expect", "\",\" or \"}\"", false},
    {"after array element", "\",\" or \"]\"", false},
    {"after the decimal point", "a digit after the decimal point", false},
    {"after the exponent", "a digit after the exponent", false},
    {"after the minus sign", "a digit after the minus sign", false},
};

const Explanation& Explain(absl::string_view message) {
  static constexpr Explanation kOther = {"", "JSON", false};
  for (const Explanation& explanation : kExplanations) {
    if (absl::StrContains(message, explanation.yajl)) return explanation;
  }
  return kOther;
}

}  // namespace

absl::Status JsonSyntaxError(yajl_handle handle, absl::string_view line) {
  unsigned char* const message = yajl_get_error(handle, 0, nullptr, 0);
  const Explanation& explanation =
      Explain(reinterpret_cast<const char*>(message));
  yajl_free_error(handle, message);
  const size_t consumed = yajl_get_bytes_consumed(handle);
  const absl::string_view token =
      explanation.is_inside_string
          ? line.substr(consumed, 1)
          : TokenAt(line, consumed == 0 ? 0 : consumed - 1);
  return absl::InvalidArgumentError(absl::StrCat(
      token.data() - line.data() + 1, ": expected ", explanation.expected,
      ", got ", token == "\"" ? "\"" : DescribeToken(token)));
}

}  // namespace heapgrind
