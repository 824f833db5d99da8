#include "converter/commands/convert/output_path.h"

#include <gtest/gtest.h>

namespace heapgrind {
namespace {

DumpHeader HeaderWithPidAndTime() {
  DumpHeader header;
  header.pid = 4711;
  header.time = 1790000000;
  return header;
}

TEST(OutputPathTest, PutsPidAndTimeIntoTheName) {
  const DumpHeader header = HeaderWithPidAndTime();
  EXPECT_EQ(*ExpandOutputPattern("callgrind.out.%p", header),
            "callgrind.out.4711");
  EXPECT_EQ(*ExpandOutputPattern("%t/%p-%p", header), "1790000000/4711-4711");
  EXPECT_EQ(*ExpandOutputPattern("100%%p", header), "100%p");
  EXPECT_EQ(*ExpandOutputPattern("plain", header), "plain");
  EXPECT_EQ(*ExpandOutputPattern("", header), "");
}

TEST(OutputPathTest, RefusesAnotherLetter) {
  EXPECT_EQ(CheckOutputPattern("a.%p.%x"),
            absl::InvalidArgumentError("expected %p, %t or %% in the output's "
                                       "name, got \"%x\" in \"a.%p.%x\""));
  EXPECT_EQ(ExpandOutputPattern("a%%%", HeaderWithPidAndTime()).status(),
            absl::InvalidArgumentError("expected %p, %t or %% in the output's "
                                       "name, got \"%\" in \"a%%%\""));
  EXPECT_EQ(CheckOutputPattern("%p%t%%"), absl::OkStatus());
}

TEST(OutputPathTest, RefusesADumpThatDoesNotSayWhatIsAskedFor) {
  EXPECT_EQ(ExpandOutputPattern("a.%p", DumpHeader()).status(),
            absl::InvalidArgumentError(
                "expected a dump that says its pid, for %p in the output's "
                "name, got one that does not"));
  EXPECT_EQ(ExpandOutputPattern("a.%t", DumpHeader()).status(),
            absl::InvalidArgumentError(
                "expected a dump that says its time, for %t in the output's "
                "name, got one that does not"));
  EXPECT_EQ(*ExpandOutputPattern("a.%%", DumpHeader()), "a.%");
}

}  // namespace
}  // namespace heapgrind
