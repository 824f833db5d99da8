#include "converter/cli/progress_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace heapgrind {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A progress line whose time stands still until the test moves it.
class ProgressLineTest : public testing::Test {
 protected:
  double now_ = 100;
  std::vector<std::string> written_;
  ProgressLine line_{[this] { return now_; },
                     [this](absl::string_view text) {
                       written_.push_back(std::string(text));
                     }};
};

TEST_F(ProgressLineTest, ShowsNothingInTheFirstSecond) {
  line_.StartStage("reading");
  now_ = 100.9;
  line_.Update(50, 100);
  line_.Erase();
  EXPECT_THAT(written_, IsEmpty());
}

TEST_F(ProgressLineTest, ShowsThePercentage) {
  line_.StartStage("reading");
  now_ = 101.1;
  line_.Update(2, 3);
  EXPECT_THAT(written_, ElementsAre("\rreading: 66 %"));
}

TEST_F(ProgressLineTest, ShowsMegabytesOfAnUnknownTotal) {
  line_.StartStage("reading");
  now_ = 101.1;
  line_.Update(12345678, 0);
  EXPECT_THAT(written_, ElementsAre("\rreading: 12 MB"));
}

TEST_F(ProgressLineTest, ChangesFiveTimesASecondAtMost) {
  line_.StartStage("a");
  now_ = 102;
  line_.Update(1, 100);
  now_ = 102.1;
  line_.Update(2, 100);
  now_ = 102.3;
  line_.Update(3, 100);
  EXPECT_THAT(written_, ElementsAre("\ra: 1 %", "\ra: 3 %"));
}

TEST_F(ProgressLineTest, LeavesNothingOfALongerLine) {
  line_.StartStage("reading");
  now_ = 102;
  line_.Update(1, 1);
  line_.StartStage("writing");
  EXPECT_THAT(written_, ElementsAre("\rreading: 100 %", "\rwriting       "));
}

TEST_F(ProgressLineTest, ErasesItselfOnce) {
  line_.StartStage("reading");
  now_ = 102;
  line_.Update(1, 10);
  line_.Erase();
  line_.Erase();
  EXPECT_THAT(written_, ElementsAre("\rreading: 10 %", "\r             \r"));
}

TEST_F(ProgressLineTest, ShowsNoControlCharacterOfAName) {
  now_ = 102;
  line_.StartStage("reading a\x1b[2J\n" + std::string(100, 'x'));
  EXPECT_THAT(written_, ElementsAre("\rreading a?[2J?" + std::string(46, 'x')));
}

TEST(ProgressLineWithoutTerminalTest, ShowsNothing) {
  double now = 0;
  ProgressLine line([&] { return now; }, ProgressLine::Write());
  now = 5;
  // Calling what is not there would throw.
  EXPECT_NO_THROW(line.StartStage("reading"));
  EXPECT_NO_THROW(line.Update(1, 2));
  EXPECT_NO_THROW(line.Erase());
}

}  // namespace
}  // namespace heapgrind
