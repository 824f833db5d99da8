#include "converter/json/json_members.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "KEY|VALUE|WHOLE" of each member.
std::vector<std::string> Members(absl::string_view text) {
  std::vector<std::string> members;
  JsonMember member;
  for (JsonMembers all(text); all.Next(&member);) {
    members.push_back(
        absl::StrCat(member.key, "|", member.value, "|", member.whole));
  }
  return members;
}

std::vector<std::string> Elements(absl::string_view text) {
  std::vector<std::string> elements;
  JsonElements all(text);
  for (absl::string_view element; all.Next(&element);) {
    elements.emplace_back(element);
  }
  return elements;
}

TEST(JsonMembersTest, FindsMembersOfEveryType) {
  EXPECT_THAT(
      Members(
          R"({"a": 1, "b": "x", "c": [1, 2], "d": {"e": null}, "f": true})"),
      ElementsAre(R"(a|1|"a": 1)", R"(b|"x"|"b": "x")",
                  R"(c|[1, 2]|"c": [1, 2])",
                  R"(d|{"e": null}|"d": {"e": null})", R"(f|true|"f": true)"));
}

TEST(JsonMembersTest, TakesAnyBlanks) {
  EXPECT_THAT(Members(" {\t\"a\" :1 ,\"b\":[ ]\r} \r"),
              ElementsAre("a|1|\"a\" :1", "b|[ ]|\"b\":[ ]"));
}

TEST(JsonMembersTest, MarksInStringsAreNoMarks) {
  EXPECT_THAT(
      Members(R"({"a\",": "}]\\", "b": ["[\"", "}"], "c": 2})"),
      ElementsAre(R"(a\",|"}]\\"|"a\",": "}]\\")",
                  R"(b|["[\"", "}"]|"b": ["[\"", "}"])", R"(c|2|"c": 2)"));
}

TEST(JsonMembersTest, AnEmptyObjectHasNone) {
  EXPECT_THAT(Members("{}"), IsEmpty());
  EXPECT_THAT(Members("{ }"), IsEmpty());
}

TEST(JsonElementsTest, FindsElementsOfEveryType) {
  EXPECT_THAT(Elements(R"([null, "a,]", 12,[3, 4] , {"b": []}])"),
              ElementsAre("null", R"("a,]")", "12", "[3, 4]", R"({"b": []})"));
  EXPECT_THAT(Elements("[ ]"), IsEmpty());
}

}  // namespace
}  // namespace heapgrind
