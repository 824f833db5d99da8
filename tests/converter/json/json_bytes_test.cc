#include "converter/json/json_bytes.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"

namespace heapgrind {
namespace {

// What stands at the beginning of `text`, read a byte at a time: at most 19
// digits that do not begin with a zero, unless it is the only one.
std::optional<uint64_t> NaiveNumber(absl::string_view text) {
  size_t size = 0;
  while (size < text.size() && text[size] >= '0' && text[size] <= '9') ++size;
  uint64_t number;
  const bool is_number = size > 0 && size <= 19 &&
                         (text[0] != '0' || size == 1) &&
                         absl::SimpleAtoi(text.substr(0, size), &number);
  return is_number ? std::optional<uint64_t>(number) : std::nullopt;
}

std::optional<uint64_t> Number(const std::string& text) {
  uint64_t number;
  const char* const end =
      ReadWholeNumber(text.data(), text.data() + text.size(), &number);
  if (end == nullptr) return std::nullopt;
  EXPECT_EQ(end - text.data(),
            static_cast<ptrdiff_t>(std::to_string(number).size()));
  return number;
}

// Every byte can follow, near the end of the text and far from it.
TEST(JsonBytesTest, NumbersOfAllLengthsEndWhereTheirDigitsDo) {
  const std::string digits = "1928374650198273645019283";
  for (size_t size = 0; size <= digits.size(); ++size) {
    for (int next = 0; next < 256; ++next) {
      for (const char* const rest : {"", "7, \"x\": [12345678"}) {
        const std::string text =
            digits.substr(0, size) + static_cast<char>(next) + rest;
        ASSERT_EQ(Number(text), NaiveNumber(text)) << text;
      }
    }
    ASSERT_EQ(Number(digits.substr(0, size)),
              NaiveNumber(digits.substr(0, size)));
  }
}

TEST(JsonBytesTest, ZeroStandsAlone) {
  EXPECT_EQ(Number("0"), 0u);
  EXPECT_EQ(Number("0, and more text"), 0u);
  EXPECT_EQ(Number("00"), std::nullopt);
  EXPECT_EQ(Number("012345678901234"), std::nullopt);
}

TEST(JsonBytesTest, NumbersHaveUpToNineteenDigits) {
  EXPECT_EQ(Number("9999999999999999999"), 9999999999999999999u);
  EXPECT_EQ(Number("9999999999999999999, and more"), 9999999999999999999u);
  EXPECT_EQ(Number("10000000000000000000"), std::nullopt);
  EXPECT_EQ(Number("10000000000000000000, and more"), std::nullopt);
}

}  // namespace
}  // namespace heapgrind
