#include "converter/commands/no_dump/no_dump.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace heapgrind {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

int RunWith(std::string word) {
  char command[] = "dump";
  char* words[] = {command, word.data(), nullptr};
  return RunNoDump(2, words);
}

TEST(NoDumpTest, SaysWhatMachineItTakesAndWhatElseThereIs) {
  testing::internal::CaptureStderr();
  EXPECT_EQ(RunWith("4711"), 1);
  const std::string said = testing::internal::GetCapturedStderr();
  EXPECT_THAT(said,
              StartsWith("heapgrind dump: expected a machine of x86-64, got "));
  EXPECT_THAT(said, HasSubstr("\nhint: from inside, heapgrind.dump(), "));
}

TEST(NoDumpTest, HelpIsNoError) {
  testing::internal::CaptureStdout();
  EXPECT_EQ(RunWith("--help"), 0);
  EXPECT_THAT(testing::internal::GetCapturedStdout(),
              HasSubstr("On this machine it dumps nothing"));
}

}  // namespace
}  // namespace heapgrind
