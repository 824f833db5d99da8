#include "converter/json/json_value.h"

#include "gtest/gtest.h"

namespace heapgrind {
namespace {

TEST(JsonValueTest, ValuesAreWhatTheTextSays) {
  const absl::StatusOr<JsonValue> value = ParseJson(
      R"({"a": [1, -2, "x\u202e", true, null], "b": {"c": 18446744073709551615}})");
  ASSERT_TRUE(value.ok());
  const std::vector<JsonValue>& elements = (*value)["a"].elements;
  ASSERT_EQ(elements.size(), 5);
  EXPECT_EQ(elements[0].number, 1);
  EXPECT_EQ(elements[1].number, 2);
  EXPECT_TRUE(elements[1].is_negative);
  EXPECT_EQ(elements[2].text, "x\xE2\x80\xAE");
  EXPECT_TRUE(elements[3].flag);
  EXPECT_TRUE(elements[4].is_null());
  EXPECT_EQ((*value)["b"]["c"].number, UINT64_MAX);
}

TEST(JsonValueTest, WhatIsNotThereIsNull) {
  const absl::StatusOr<JsonValue> value = ParseJson("[1]");
  ASSERT_TRUE(value.ok());
  EXPECT_TRUE((*value)["a"]["b"].is_null());
}

TEST(JsonValueTest, NumbersThatHaveNoRoomAreZero) {
  const absl::StatusOr<JsonValue> value =
      ParseJson("[1.5, 1e3, 99999999999999999999]");
  ASSERT_TRUE(value.ok());
  for (const JsonValue& element : value->elements) EXPECT_EQ(element.number, 0);
}

TEST(JsonValueTest, NestingHasALimit) {
  EXPECT_TRUE(ParseJson(std::string(64, '[') + std::string(64, ']')).ok());
  EXPECT_EQ(ParseJson(std::string(65, '[')).status().message(),
            "66: expected values nested up to 64 deep, got deeper ones");
}

TEST(JsonValueTest, WhatIsNoJsonIsRefused) {
  EXPECT_EQ(ParseJson("{\"a\": ").status().message(),
            "7: expected more JSON, got the end of the text");
  EXPECT_FALSE(ParseJson("{\"a\" 1}").ok());
  EXPECT_FALSE(ParseJson("").ok());
}

}  // namespace
}  // namespace heapgrind
