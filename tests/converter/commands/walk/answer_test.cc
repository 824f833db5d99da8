#include "converter/commands/walk/answer.h"

#include <gtest/gtest.h>

namespace heapgrind {
namespace {

Answer SomeAnswer() {
  Answer answer;
  answer.facts = {{"objects", "Objects", Cell::Count(2)},
                  {"name", "Name", Cell::Text("a\033b")},
                  {"owner", "Owner", Cell()}};
  answer.columns = {{"retained", "Retained"},
                    {"address", "Address", true, kForPrograms},
                    {"owned", "Owned", false},
                    {"name", "Name", false}};
  answer.rows = {
      {1,
       {Cell::Bytes(2048), Cell::Address(255), Cell::Flag(true),
        Cell::Text(".x")}},
      {kNoPlace, {Cell(), Cell(), Cell::Flag(false), Cell::Text("['y']")}}};
  answer.num_rows_left_out = 3;
  return answer;
}

TEST(AnswerTest, TextHasFactsAndNumberedRows) {
  EXPECT_EQ(AnswerText(SomeAnswer(), OutputStyle()),
            "Objects  2\n"
            "Name     a?b\n"
            "#  Retained  Owned  Name\n"
            "1      2048  yes    .x\n"
            "2                   ['y']\n"
            "3 more; -n 5 shows all\n");
}

TEST(AnswerTest, SizesAreReadableWhereThatIsAsked) {
  OutputStyle style;
  style.is_readable = true;
  EXPECT_NE(AnswerText(SomeAnswer(), style).find("1   2.0 KiB  yes"),
            std::string::npos);
}

TEST(AnswerTest, JsonHasEverything) {
  EXPECT_EQ(AnswerJson("ls", SomeAnswer()),
            "{\"command\":\"ls\",\"objects\":2,\"name\":\"a\\u001Bb\","
            "\"owner\":null,\"rows\":[{\"retained\":2048,\"address\":255,"
            "\"owned\":true,\"name\":\".x\"},{\"retained\":null,"
            "\"address\":null,\"owned\":false,\"name\":\"['y']\"}],"
            "\"rows_left_out\":3}\n");
}

TEST(AnswerTest, JsonOfAFailureHasTheMessage) {
  EXPECT_EQ(ErrorJson("up", "expected an owner"),
            "{\"command\":\"up\",\"error\":\"expected an owner\"}\n");
}

TEST(AnswerTest, LinesStandAsTheyAre) {
  Answer answer;
  answer.lines = {"one", "two"};
  EXPECT_EQ(AnswerText(answer, OutputStyle()), "one\ntwo\n");
  EXPECT_EQ(AnswerJson("help", answer),
            "{\"command\":\"help\",\"lines\":[\"one\",\"two\"]}\n");
}

}  // namespace
}  // namespace heapgrind
