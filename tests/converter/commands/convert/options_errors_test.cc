#include <gtest/gtest.h>

#include <string>

#include "tests/converter/commands/convert/parsed_options.h"

namespace heapgrind {
namespace {

TEST(OptionsErrorsTest, TellsWhatIsMeantByASlip) {
  EXPECT_EQ(Parse({"--ownrship=strict", "a"}).standard_error,
            "memdump2callgrind: expected an option, got "
            "\"--ownrship=strict\"\nhint: did you mean --ownership?\n");
  EXPECT_EQ(Parse({"--frobnicate", "a"}).standard_error,
            "memdump2callgrind: expected an option, got \"--frobnicate\"\n"
            "hint: try memdump2callgrind --help\n");
}

TEST(OptionsErrorsTest, RefusesWrongValuesOfWhatToShow) {
  EXPECT_EQ(ErrorOf({"--top=0", "a"}),
            "memdump2callgrind: expected a whole number from 1 in --top, got "
            "\"0\"");
  EXPECT_EQ(ErrorOf({"--focus=", "a"}),
            "memdump2callgrind: expected a text in --focus, got \"\"");
  EXPECT_EQ(ErrorOf({"--source-prefix==/new", "a"}),
            "memdump2callgrind: expected OLD=NEW in --source-prefix, got "
            "\"=/new\"");
}

TEST(OptionsErrorsTest, WantsDumpsAndStandardInputOnce) {
  EXPECT_EQ(ErrorOf({}),
            "memdump2callgrind: expected a dump to read, got none");
  EXPECT_EQ(ErrorOf({"-", "b", "-"}),
            "memdump2callgrind: expected \"-\", standard input, once, got it "
            "again");
  EXPECT_EQ(ErrorOf({""}),
            "memdump2callgrind: expected a dump to read, got \"\"");
}

TEST(OptionsErrorsTest, RefusesUnknownOptions) {
  EXPECT_EQ(ErrorOf({"--colour", "a"}),
            "memdump2callgrind: expected an option, got \"--colour\"");
  EXPECT_EQ(ErrorOf({"-x", "a"}),
            "memdump2callgrind: expected an option, got \"-x\"");
  EXPECT_EQ(ErrorOf({"--m=1", "a"}),
            "memdump2callgrind: expected an option, got \"--m=1\"");
  EXPECT_EQ(ErrorOf({"--help=no", "a"}),
            "memdump2callgrind: expected an option, got \"--help=no\"");
}

TEST(OptionsErrorsTest, RefusesAnOptionWithoutItsValue) {
  EXPECT_EQ(ErrorOf({"a", "-o"}),
            "memdump2callgrind: expected a value after -o, got none");
  EXPECT_EQ(ErrorOf({"a", "--by"}),
            "memdump2callgrind: expected a value after --by, got none");
  EXPECT_EQ(ErrorOf({"a", "--output="}),
            "memdump2callgrind: expected a file in --output, got \"\"");
}

TEST(OptionsErrorsTest, RefusesWrongValues) {
  EXPECT_EQ(ErrorOf({"--by=size", "a"}),
            "memdump2callgrind: expected path, type, object or site in --by, "
            "got \"size\"");
  EXPECT_EQ(ErrorOf({"--ownership=mine", "a"}),
            "memdump2callgrind: expected modules or strict in --ownership, got "
            "\"mine\"");
  EXPECT_EQ(ErrorOf({"--output=a.%x", "a"}),
            "memdump2callgrind: expected %p, %t or %% in the output's name, "
            "got \"%x\" in \"a.%x\"");
}

TEST(OptionsErrorsTest, RefusesNumbersOutOfRange) {
  const std::string percent =
      "memdump2callgrind: expected a number from 0 to 100 in --min-percent, "
      "got ";
  EXPECT_EQ(ErrorOf({"--min-percent=-1", "a"}), percent + "\"-1\"");
  EXPECT_EQ(ErrorOf({"--min-percent=100.1", "a"}), percent + "\"100.1\"");
  EXPECT_EQ(ErrorOf({"--min-percent=nan", "a"}), percent + "\"nan\"");
  EXPECT_EQ(ErrorOf({"--min-percent=1%", "a"}), percent + "\"1%\"");
  const std::string functions =
      "memdump2callgrind: expected a whole number from 2 in --max-functions, "
      "got ";
  EXPECT_EQ(ErrorOf({"--max-functions=0", "a"}), functions + "\"0\"");
  EXPECT_EQ(ErrorOf({"--max-functions=-1", "a"}), functions + "\"-1\"");
  EXPECT_EQ(ErrorOf({"--max-functions=1e3", "a"}), functions + "\"1e3\"");
  EXPECT_EQ(ErrorOf({"--max-functions=99999999999999999999", "a"}),
            functions + "\"99999999999999999999\"");
}

}  // namespace
}  // namespace heapgrind
