#include "converter/commands/walk/question.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// "COMMAND|WORD|WORD|ROWS" of each command, or the error.
std::vector<std::string> Questions(std::string_view line) {
  const absl::StatusOr<std::vector<Question>> questions = ParseQuestions(line);
  if (!questions.ok()) return {std::string(questions.status().message())};
  std::vector<std::string> texts;
  for (const Question& question : *questions) {
    texts.push_back(absl::StrCat(question.command, "|",
                                 absl::StrJoin(question.words, "|"), "|",
                                 question.max_rows));
  }
  return texts;
}

TEST(QuestionTest, AQuestionHasACommandAndWords) {
  EXPECT_THAT(Questions(" ls  a.b \t.c "), ElementsAre("ls|a.b|.c|20"));
}

TEST(QuestionTest, QuotesAndBracketsHoldWordsTogether) {
  EXPECT_THAT(Questions("ls a['b c'].d[ 1 ]{ 'x' } value~\"two; words\""),
              ElementsAre("ls|a['b c'].d[ 1 ]{ 'x' }|value~\"two; words\"|20"));
}

TEST(QuestionTest, ANumberOfRowsMayStandAnywhere) {
  EXPECT_THAT(Questions("ls -n 7 a"), ElementsAre("ls|a|7"));
  EXPECT_THAT(Questions("ls a -n 7"), ElementsAre("ls|a|7"));
  EXPECT_THAT(Questions("ls -n 0"),
              ElementsAre("expected a number of rows after -n, got \"0\""));
}

TEST(QuestionTest, SemicolonsSeparateCommands) {
  EXPECT_THAT(Questions("cd a;ls;; up ;"),
              ElementsAre("cd|a|20", "ls||20", "up||20"));
}

TEST(QuestionTest, BlankLinesAndCommentsAskNothing) {
  EXPECT_THAT(Questions(""), IsEmpty());
  EXPECT_THAT(Questions("  \r"), IsEmpty());
  EXPECT_THAT(Questions(" # ls"), IsEmpty());
}

TEST(QuestionTest, AQuoteMustEnd) {
  EXPECT_THAT(Questions("ls a['b"),
              ElementsAre("expected an end of the quote in a['b, got none"));
}

}  // namespace
}  // namespace heapgrind
