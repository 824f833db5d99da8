#include "scanner/output/open_json.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace heapgrind {
namespace {

// What ends a line of which these pieces were written.
template <typename... Pieces>
std::string EndOf(Pieces... pieces) {
  OpenJson open;
  (open.Read(pieces), ...);
  char end[OpenJson::kMostEnd];
  return {end, open.End(end)};
}

TEST(OpenJsonTest, ClosesWhatIsOpen) {
  EXPECT_EQ(EndOf(R"({"refs": [1, 2)"), "]}\n");
  EXPECT_EQ(EndOf(R"({"refs": [1, 2]})"), "\n");
}

TEST(OpenJsonTest, GivesAValueToAKeyOrAComma) {
  EXPECT_EQ(EndOf(R"({"size": )"), "null}\n");
  EXPECT_EQ(EndOf(R"({"names": ["a", )"), "null]}\n");
}

TEST(OpenJsonTest, EndsAString) {
  EXPECT_EQ(EndOf(R"({"value": "a]}: ,)"), "\"}\n");
  EXPECT_EQ(EndOf(R"({"value": "a \" {[)"), "\"}\n");
}

TEST(OpenJsonTest, ReadsOnWhereAPieceEnded) {
  EXPECT_EQ(EndOf(R"({"value": "a, )", R"(b", "refs": [)", "7"), "]}\n");
}

// A record that is taken back when it is whole, and of which a part is out.
TEST(OpenJsonTest, LeavesALineThatHasEnded) {
  EXPECT_EQ(EndOf(R"({"root": "static", "refs": [)", "]}\n"), "");
}

TEST(OpenJsonTest, BeginsAnewBehindALine) {
  EXPECT_EQ(EndOf("{\"site\": 1}\n{\"address\": 5, \"refs\": ["), "]}\n");
}

}  // namespace
}  // namespace heapgrind
